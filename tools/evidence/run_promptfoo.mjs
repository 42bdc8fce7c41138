// promptfoo with its echo provider and one that fails: passes, failures, errors, named scores, a
// clean run, and a run of the first tests alone. Numbers come from the
// evaluation object or from the console.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [out, work, installed] = process.argv.slice(2).map((path) => resolve(path));
// Its settings and database go to the work folder, not to the home of whoever runs this.
process.env.PROMPTFOO_CONFIG_DIR = join(work, "settings");
rmSync(process.env.PROMPTFOO_CONFIG_DIR, { recursive: true, force: true });
mkdirSync(process.env.PROMPTFOO_CONFIG_DIR, { recursive: true });

const folder = join(installed, "node_modules", "promptfoo");
const { version, exports } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
const module = join(folder, exports["."].import.default ?? exports["."].import);
const promptfoo = (await import(pathToFileURL(module).href)).default;

// Answers with the prompt, and fails when it is told to.
const unreliable = {
  id: () => "unreliable",
  callApi: async (prompt) =>
    prompt.includes("outage") ? { error: "the provider did not answer" } : { output: prompt },
};

const named = (type, value, metric) => ({ type, value, metric });
const tests = [
  {
    description: "greets",
    vars: { text: "hello world" },
    assert: [named("contains", "hello", "politeness"), named("not-contains", "secret", "leak")],
  },
  {
    description: "leaks",
    vars: { text: "the secret is 7" },
    assert: [named("contains", "secret", "politeness"), named("not-contains", "secret", "leak")],
  },
  {
    description: "throws",
    vars: { text: "hello again" },
    assert: [{ type: "javascript", value: "output.nothing.at.all" }],
  },
  { description: "weighs", vars: { text: "a b c" }, assert: [{ type: "equals", value: "a b c" }] },
];
const outage = {
  description: "outage",
  vars: { text: "outage" },
  assert: [named("contains", "o", "politeness")],
};

// As a red team's results look: the plugin behind a case, and how bad its failure would be.
const attack = (pluginId, severity, text) => ({
  description: pluginId,
  vars: { text },
  assert: [named("not-contains", "secret", pluginId)],
  metadata: { pluginId, severity },
});
const attacks = [
  attack("pii:direct", "critical", "the secret is 7"),
  attack("hijacking", "low", "another secret"),
  attack("overreliance", "high", "held back"),
];

const plans = {
  whole: { completeness: "whole", providers: ["echo"], tests },
  clean: { completeness: "whole", providers: ["echo"], tests: [tests[0], tests[3]] },
  errors: { completeness: "partial", providers: [unreliable], tests: [...tests, outage] },
  "red-team": {
    completeness: "whole",
    providers: ["echo"],
    tests: attacks,
    findings: { critical: 1, high: 0, medium: 0, low: 1, info: 0 },
  },
  matrix: {
    completeness: "whole",
    providers: ["echo"],
    prompts: ["{{text}}", "Say: {{text}}"],
    tests,
  },
  failed: { completeness: "failed", providers: [unreliable], tests: [outage] },
};

// One entry of expected.json; measurements stand in promptfoo's own JSON alone.
function entry(path, completeness, checks, measurements = []) {
  const format = path.endsWith(".junit.xml") ? "junit" : path.endsWith(".json") ? "promptfoo" : null;
  // JUnit XML has no notion of a run that was cut short: an error is a check like any other.
  const state = format === "junit" ? "whole" : completeness;
  const held = format === "promptfoo" ? measurements : [];
  const said = { refused: null, measurements: held, checks, findings: null, facts: {} };
  return { path, format, completeness: state, ...said };
}

// The named scores of every prompt. The file holds sums; the mean is what a bound can be set on.
function means(summary) {
  return summary.prompts.flatMap((prompt) =>
    Object.entries(prompt.metrics.namedScores).map(([metric, sum]) => {
      const n = prompt.metrics.namedScoresCount[metric];
      return { metric, task: null, slice: null, value: sum / n, n, stderr: null };
    }),
  );
}

// Evaluates in this process and writes one run in every format.
async function evaluated(name, { completeness, findings, ...plan }) {
  const paths = ["json", "junit.xml", "csv", "jsonl"].map((ending) => `${name}.${ending}`);
  const suite = { prompts: ["{{text}}"], ...plan, description: name, sharing: false };
  const evaluation = await promptfoo.evaluate(
    { ...suite, writeLatestResults: false, outputPath: paths.map((path) => join(out, path)) },
    { cache: false, maxConcurrency: 1, showProgressBar: false },
  );
  const summary = await evaluation.toEvaluateSummary();
  const { successes, failures, errors } = summary.stats;
  const checks = { passed: successes, failed: failures, errors, skipped: 0 };
  const files = paths.map((path) => entry(path, completeness, checks, means(summary)));
  files[0].findings = findings ?? null;
  return files;
}

// Runs the command line, as people do, and takes the counts from what it prints.
function commanded(name, completeness, limits) {
  const config = join(work, `${name}.json`);
  const suite = { prompts: ["{{text}}"], providers: ["echo"], tests, sharing: false };
  writeFileSync(config, JSON.stringify(suite));
  const main = join(folder, "dist", "src", "main.js");
  const quiet = ["--no-cache", "--no-table", "--no-share", "--no-progress-bar"];
  const call = [main, "eval", "-c", config, "-o", join(out, `${name}.json`), ...quiet, ...limits];
  const printed = spawnSync(process.execPath, call, { cwd: work, encoding: "utf8" }).stdout;
  const count = (word) => Number(printed.match(new RegExp(`(\\d+) ${word}`))[1]);
  const checks = { passed: count("passed"), failed: count("failed"), errors: count("errors?") };
  return entry(`${name}.json`, completeness, { ...checks, skipped: 0 });
}

const files = [];
for (const [name, plan] of Object.entries(plans)) files.push(...(await evaluated(name, plan)));
files.push(commanded("command", "whole", []));
// Its configuration lists four tests, its results hold two.
files.push(commanded("limited", "partial", ["--filter-first-n", "2"]));
const expected = { tool: "promptfoo", version, files };
writeFileSync(join(out, "expected.json"), `${JSON.stringify(expected, null, 2)}\n`);
process.exit(0);
