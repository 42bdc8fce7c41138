"""A module with faults of every severity a scanner knows. Never imported, never run."""

import hashlib
import pickle
import subprocess

PASSWORD = "correct horse"


def load(path):
    with open(path, "rb") as file:
        return pickle.load(file)


def fetch(command):
    return subprocess.call(command, shell=True)


def digest(text):
    return hashlib.md5(text).hexdigest()


def accepted(expression):
    return eval(expression)  # nosec


def checked(value):
    assert value > 0
    return value
