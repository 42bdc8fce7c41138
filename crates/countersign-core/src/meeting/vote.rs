//! Voting, and stepping back from a vote.

use super::table::open_item;
use super::{Item, Meeting, MeetingContext, MeetingEvent, MeetingFault, Topic, Vote};
use crate::name::{PersonId, RoleName};
use crate::policy::{CommitteeSettings, Independence};
use crate::refusal::Refusal;
use crate::release;
use crate::text::Text;

pub(super) fn cast(
    meeting: &Meeting,
    number: u32,
    (vote, reason): (Vote, Option<Text>),
    context: &MeetingContext<'_>,
) -> Result<Vec<MeetingEvent>, Refusal> {
    let (item, person, rules) = member(meeting, number, context)?;
    // Two accounts of one human have one vote (I-03).
    let same = context.register.accounts_of(&person);
    if item.votes.iter().any(|ballot| same.contains(&ballot.person)) {
        return Err(MeetingFault::VotedAlready { number }.into());
    }
    if item.recused.keys().any(|recused| same.contains(recused)) {
        return Err(MeetingFault::Recused { number }.into());
    }
    conflict((rules, &rules.role), item, context)?;
    may_sign(rules, item, &person, context)?;
    if vote != Vote::Yes && reason.is_none() {
        return Err(MeetingFault::ReasonMissing.into());
    }
    Ok(vec![MeetingEvent::VoteCast { number, vote, reason }])
}

pub(super) fn recuse(
    meeting: &Meeting,
    number: u32,
    reason: Text,
    context: &MeetingContext<'_>,
) -> Result<Vec<MeetingEvent>, Refusal> {
    let (item, person, _) = member(meeting, number, context)?;
    let same = context.register.accounts_of(&person);
    if item.votes.iter().any(|ballot| same.contains(&ballot.person)) {
        return Err(MeetingFault::VotedAlready { number }.into());
    }
    if item.recused.contains_key(&person) {
        return Err(Refusal::NothingToDo { what: "you stepped back from this item already" });
    }
    Ok(vec![MeetingEvent::MemberRecused { number, reason }])
}

/// An open item and the member of the session who acts on it. Whoever lost the role since the
/// session was opened is heard no more, also when somebody lends it to him: a seat is not lent.
fn member<'m>(
    meeting: &'m Meeting,
    number: u32,
    context: &MeetingContext<'_>,
) -> Result<(&'m Item, PersonId, &'m CommitteeSettings), Refusal> {
    let action = "vote";
    let person = context.actor.who.person().ok_or(Refusal::PeopleOnly { action })?.clone();
    let missing = || Refusal::NotFound { what: "session", name: String::new() };
    let rules = &meeting.call.as_ref().ok_or_else(missing)?.rules;
    if !context.actor.roles.contains(&rules.role) {
        return Err(Refusal::NotPermitted { action, needs: vec![rules.role.clone()] });
    }
    if !meeting.members.contains(&person) {
        return Err(MeetingFault::NotAMember.into());
    }
    Ok((open_item(meeting, number)?, person, rules))
}

/// Nobody decides about what is his own, where the policy says so. It holds for the vote and for
/// the chair who closes the item.
pub(super) fn conflict(
    (rules, role): (&CommitteeSettings, &RoleName),
    item: &Item,
    context: &MeetingContext<'_>,
) -> Result<(), Refusal> {
    let Some(table) = context.on_table.as_ref().filter(|_| item.topic.release().is_some()) else {
        return Ok(());
    };
    let release = table.release;
    let owners = [release.plan.as_ref().map(|plan| &plan.owner), table.context.owner()];
    // What another account did is his own as well, and so is what the holder did in whose place he
    // chairs (I-03).
    let same = table.context.everybody(std::iter::once(role));
    let tied = |of: &Independence| match of {
        Independence::Requester => !release.requesters().is_disjoint(&same),
        Independence::ModelOwner => owners.into_iter().flatten().any(|one| same.contains(one)),
        Independence::EvidenceAuthor => !release.evidence_authors().is_disjoint(&same),
        Independence::OtherRoles => release.plan.as_ref().is_some_and(|plan| {
            plan.holders.iter().any(|(role, all)| role != &rules.role && !all.is_disjoint(&same))
        }),
    };
    match rules.recuses.iter().copied().find(|of| tied(of)) {
        Some(of) => Err(MeetingFault::Conflict { of }.into()),
        None => Ok(()),
    }
}

/// A vote that could never become an approval is not taken: the rules of the release, or of the
/// policy, say who may decide about it.
fn may_sign(
    rules: &CommitteeSettings,
    item: &Item,
    person: &PersonId,
    context: &MeetingContext<'_>,
) -> Result<(), Refusal> {
    match (&item.topic, &context.on_table) {
        (Topic::Release { .. }, Some(table)) => {
            release::may_sign(table.release, &rules.role, &table.context)
        }
        (Topic::Policy { policy }, _) => {
            let awaits =
                context.register.published_policy(policy).and_then(|one| one.awaits.as_ref());
            match awaits {
                Some(awaits) if awaits.publisher.as_ref() == Some(person) => {
                    Err(Refusal::OwnPublication { role: rules.role.clone() })
                }
                Some(awaits) if !context.actor.holds(&awaits.role) => {
                    let needs = vec![awaits.role.clone()];
                    Err(Refusal::NotPermitted { action: "decide about this policy", needs })
                }
                Some(_) | None => Ok(()),
            }
        }
        (Topic::Release { .. } | Topic::Review { .. } | Topic::Matter { .. }, _) => Ok(()),
    }
}
