//! What happened at Northlight beside the routine of releases: emergencies, exceptions, incidents,
//! risks, sessions, freezes and holds. Each is a real command, as everything here is.

use super::desk::Desk;
use super::scene::NewArtifact;
use crate::api::freezes::{self, NewFreezeBody};
use crate::api::holds::NewHold;
use crate::api::incidents::OpenIncident;
use crate::api::releases::emergency::NewEmergency;
use crate::api::releases::exceptions::NewException;
use crate::api::risks::NewRisk;
use crate::app::{AnyCommand, Draft, Submission};
use crate::failure::{Doing, Failure};
use countersign_core::digest::Sha256;
use countersign_core::exception::ExceptionCommand;
use countersign_core::incident::{IncidentCommand, Suspension};
use countersign_core::meeting::{MeetingCommand, NewTopic, Vote};
use countersign_core::name::RoleName;
use countersign_core::release::{Artifact, Command, UrgentCommand};
use countersign_core::risk::RiskCommand;
use jiff::{SignedDuration, Timestamp};

/// Something somebody did beside the routine. Releases, incidents and sessions are named by their
/// titles.
#[derive(Debug, Clone)]
pub enum Beside {
    /// Adds another artifact to a draft.
    Bring(&'static str, NewArtifact),
    /// Claims verbal authority for a release: who gave it, and why it cannot wait.
    Claim(&'static str, &'static str, &'static str),
    /// Confirms that one gave it.
    ConfirmAuthority(&'static str),
    /// Asks for an exception.
    AskException(&'static str, Waiver),
    /// Accepts the risk of the first exception of a release in a role, for a reason.
    AcceptRisk(&'static str, &'static str, &'static str),
    /// Opens an incident.
    Incident(Trouble),
    /// Gives an incident to somebody.
    Assign(&'static str, &'static str),
    /// Writes something down about an incident.
    Note(&'static str, &'static str),
    /// Says that the release was suspended for an incident, and why.
    SuspendedFor(&'static str, &'static str),
    /// Enters a risk about several models.
    Risk(Danger),
    /// Calls a session, so many days ahead.
    Call(&'static str, i64),
    /// Opens it.
    Open(&'static str),
    /// Puts a release on the table.
    Table(&'static str, &'static str),
    /// Puts any other matter on the table: its title, and what it is about.
    Matter(&'static str, &'static str, &'static str),
    /// Votes on an item of a session, with a reason where one is needed.
    Cast(&'static str, u32, Vote, &'static str),
    /// Closes an item of a session.
    CloseItem(&'static str, u32, &'static str),
    /// Closes a session with its minutes.
    Minutes(&'static str, &'static str),
    /// Declares a freeze of production.
    Freeze(Frost),
    /// Places a legal hold on a model, for a reason.
    Hold(&'static str, &'static str),
}

/// An exception to ask for.
#[derive(Debug, Clone, Copy)]
pub struct Waiver {
    /// What is waived.
    pub waives: &'static str,
    /// Why.
    pub reason: &'static str,
    /// What is done in its place.
    pub measures: &'static str,
    /// For how many days.
    pub days: i64,
}

/// An incident to open.
#[derive(Debug, Clone, Copy)]
pub struct Trouble {
    /// What people call it.
    pub title: &'static str,
    /// What happened.
    pub text: &'static str,
    /// How bad it is.
    pub severity: &'static str,
    /// The release that ran.
    pub release: &'static str,
}

/// A risk about several models.
#[derive(Debug, Clone, Copy)]
pub struct Danger {
    /// Its name.
    pub name: &'static str,
    /// What people call it.
    pub title: &'static str,
    /// What could happen.
    pub text: &'static str,
    /// How likely, and how bad.
    pub rating: (u8, u8),
    /// In how many days it is looked at again.
    pub review_in: i64,
    /// The models it is about.
    pub models: &'static [&'static str],
}

/// A freeze of production.
#[derive(Debug, Clone, Copy)]
pub struct Frost {
    /// What people call it.
    pub name: &'static str,
    /// In how many days it begins; 0 for at once.
    pub begins_in: i64,
    /// How many days it lasts.
    pub days: i64,
    /// Why.
    pub because: &'static str,
}

impl Desk<'_> {
    /// Plays something beside the routine.
    pub(super) async fn beside(&mut self, who: &str, deed: &Beside) -> Result<(), Failure> {
        match deed {
            Beside::Bring(release, (name, kind, bytes)) => {
                let digest = Sha256::of(bytes.as_bytes());
                let artifact = Artifact { name: (*name).to_owned(), kind: *kind, digest };
                self.command(who, release, Command::AddArtifact(artifact)).await
            }
            Beside::Claim(release, by, because) => self.claim(who, release, (by, because)).await,
            Beside::ConfirmAuthority(release) => {
                let confirm = Command::Urgent(UrgentCommand::ConfirmAuthority);
                self.command(who, release, confirm).await
            }
            Beside::AskException(release, waiver) => self.waive(who, release, waiver).await,
            Beside::AcceptRisk(release, role, because) => {
                let mut draft = Draft::default();
                let role = RoleName::new(*role).doing("name a role")?;
                let statement = draft.text("text", because)?;
                let accept = ExceptionCommand::Accept { number: 1, role, statement };
                self.with_texts(who, release, Command::Exception(accept), draft).await
            }
            Beside::Freeze(frost) => self.freeze(who, frost).await,
            Beside::Hold(model, because) => {
                let mut draft = Draft::default();
                let (model, reason) = (Some((*model).to_owned()), (*because).to_owned());
                let hold = NewHold { model, release: None, reason };
                let command = hold.checked(self.app, &mut draft).await?;
                self.carry_out(who, command, draft).await
            }
            Beside::Risk(danger) => self.danger(who, danger).await,
            Beside::Incident(_)
            | Beside::Assign(..)
            | Beside::Note(..)
            | Beside::SuspendedFor(..) => self.trouble(who, deed).await,
            session => self.session(who, session).await,
        }
    }

    async fn carry_out(&self, who: &str, command: AnyCommand, draft: Draft) -> Result<(), Failure> {
        let submission = Submission::new(command).with(draft);
        self.app.execute(&self.caller(who)?, submission).await.map(|_| ())
    }

    /// The moment so many days from the clock of the scene.
    fn in_days(&self, days: i64) -> Result<Timestamp, Failure> {
        let ahead = SignedDuration::from_hours(24 * days);
        self.app.clock.now().checked_add(ahead).doing("tell a moment ahead")
    }

    /// Authority was given twenty minutes before anybody wrote it down.
    async fn claim(
        &self,
        who: &str,
        release: &str,
        (by, because): (&str, &str),
    ) -> Result<(), Failure> {
        let mut draft = Draft::default();
        let before = self.app.clock.now().checked_sub(SignedDuration::from_mins(20));
        let claim = NewEmergency {
            ground: "security_vulnerability".to_owned(),
            explanation: because.to_owned(),
            authority_by: self.person(by)?.id.to_string(),
            authority_at: before.doing("tell when authority was given")?.to_string(),
            means: "phone".to_owned(),
        };
        let command = claim.checked(&mut draft)?;
        self.with_texts(who, release, command, draft).await
    }

    async fn waive(&self, who: &str, release: &str, waiver: &Waiver) -> Result<(), Failure> {
        let mut draft = Draft::default();
        let new = NewException {
            waives: waiver.waives.to_owned(),
            reason: waiver.reason.to_owned(),
            measures: waiver.measures.to_owned(),
            until: self.in_days(waiver.days)?.to_string(),
            extends: None,
        };
        let command = new.checked(&mut draft)?;
        self.with_texts(who, release, command, draft).await
    }

    async fn freeze(&self, who: &str, frost: &Frost) -> Result<(), Failure> {
        let begins = (frost.begins_in > 0).then(|| self.in_days(frost.begins_in)).transpose()?;
        let new = NewFreezeBody {
            name: frost.name.to_owned(),
            environments: vec!["production".to_owned()],
            from: begins.map(|from| from.to_string()),
            until: self.in_days(frost.begins_in + frost.days)?.to_string(),
            reason: frost.because.to_owned(),
        };
        let (command, draft) = freezes::checked(self.app, &new).await?;
        self.carry_out(who, AnyCommand::Register(command), draft).await
    }

    async fn danger(&self, who: &str, danger: &Danger) -> Result<(), Failure> {
        let mut draft = Draft::default();
        let (likelihood, impact) = danger.rating;
        let new = NewRisk {
            risk: danger.name.to_owned(),
            title: danger.title.to_owned(),
            description: danger.text.to_owned(),
            likelihood,
            impact,
            owner: None,
            treatment: "reduce".to_owned(),
            review_by: self.in_days(danger.review_in)?.to_string(),
            models: danger.models.iter().map(|model| (*model).to_owned()).collect(),
        };
        let entry = new.checked(self.app, &self.person(who)?.id, &mut draft).await?;
        let command = AnyCommand::Risk(entry.id.clone(), RiskCommand::Enter(Box::new(entry)));
        self.carry_out(who, command, draft).await
    }

    /// What becomes of an incident.
    async fn trouble(&mut self, who: &str, deed: &Beside) -> Result<(), Failure> {
        let mut draft = Draft::default();
        let (title, command) = match deed {
            Beside::Incident(trouble) => {
                let new = OpenIncident {
                    title: trouble.title.to_owned(),
                    text: trouble.text.to_owned(),
                    severity: trouble.severity.to_owned(),
                    environment: Some("production".to_owned()),
                    release: Some(self.id(trouble.release)?.to_string()),
                    ..OpenIncident::default()
                };
                let new = new.checked(self.app, &mut draft)?;
                self.incidents.insert(trouble.title, new.id.clone());
                (trouble.title, IncidentCommand::Open(Box::new(new)))
            }
            Beside::Assign(title, owner) => {
                (*title, IncidentCommand::Assign { owner: self.person(owner)?.id.clone() })
            }
            Beside::Note(title, text) => {
                (*title, IncidentCommand::Note { text: draft.text("text", text)? })
            }
            Beside::SuspendedFor(title, because) => {
                let (answer, reason) = (Suspension::Suspended, draft.text("reason", because)?);
                (*title, IncidentCommand::ConsiderSuspension { answer, reason })
            }
            _ => return Ok(()),
        };
        let known = self.incidents.get(title).cloned();
        let id = known.ok_or_else(|| Failure::not_found("incident", title))?;
        self.carry_out(who, AnyCommand::Incident(id, command), draft).await
    }

    /// What happens in a session.
    async fn session(&mut self, who: &str, deed: &Beside) -> Result<(), Failure> {
        let mut draft = Draft::default();
        let (title, command) = match deed {
            Beside::Call(title, days) => {
                let id = self.app.new_meeting_id()?;
                self.meetings.insert(title, id.clone());
                let (at, named) = (self.in_days(*days)?, (*title).to_owned());
                (*title, MeetingCommand::Call { id, title: named, at: Some(at), urgent: None })
            }
            Beside::Open(title) => (*title, MeetingCommand::Open),
            Beside::Table(title, release) => {
                (*title, MeetingCommand::Put(NewTopic::Release(self.id(release)?)))
            }
            Beside::Matter(title, matter, about) => {
                let (text, matter) = (draft.text("text", about)?, (*matter).to_owned());
                (*title, MeetingCommand::Put(NewTopic::Matter { title: matter, text }))
            }
            Beside::Cast(title, number, vote, reason) => {
                let reason = draft.optional("reason", Some(reason))?;
                (*title, MeetingCommand::Cast { number: *number, vote: *vote, reason })
            }
            Beside::CloseItem(title, number, statement) => {
                let statement = draft.optional("statement", Some(statement))?;
                let number = *number;
                (*title, MeetingCommand::CloseItem { number, statement, because: None })
            }
            Beside::Minutes(title, minutes) => {
                let minutes = draft.text("minutes", minutes)?;
                (*title, MeetingCommand::Close { minutes, file: None })
            }
            _ => return Ok(()),
        };
        let known = self.meetings.get(title).cloned();
        let id = known.ok_or_else(|| Failure::not_found("session", title))?;
        self.carry_out(who, AnyCommand::Meeting(id, Box::new(command)), draft).await
    }
}
