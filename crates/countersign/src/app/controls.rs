//! Controls: published records, what they point to, and what the log shows of them for a period.

mod gather;

pub use gather::{Assessed, Cited};

use super::{AnyCommand, App, Caller, Precautions, Receipt, Submission};
use crate::failure::Failure;
use countersign_core::control::evidence::Period;
use countersign_core::control::{
    Control, ControlId, ControlRef, ControlReport, LinkStatus, Part, Surroundings, link_statuses,
};
use countersign_core::digest::Sha256;
use countersign_core::register::{Register, RegisterCommand};
use countersign_formats::control::{check_links, known_formats, parse};
use countersign_formats::diagnostic::{Diagnostic, has_errors};
use jiff::Timestamp;
use jiff::civil::Date;

/// A published control and which it is.
#[derive(Debug, Clone)]
pub struct LoadedControl {
    /// Which.
    pub reference: ControlRef,
    /// When it was published.
    pub published_at: Timestamp,
    /// Its text, exactly as it was published.
    pub source: String,
    /// The control.
    pub control: Control,
}

impl LoadedControl {
    /// Whether an auditor asks for this part on account of the control.
    pub fn asks_for(&self, part: Part) -> bool {
        self.control.evidence.iter().any(|asked| asked.shown_by == Some(part))
    }
}

impl App {
    /// A published control: this version, or the latest.
    pub async fn control(
        &self,
        id: &ControlId,
        version: Option<&str>,
    ) -> Result<LoadedControl, Failure> {
        let register = self.register().await?.state;
        let published = register.control(id, version).ok_or_else(|| {
            let version = version.map(|version| format!(" {version}")).unwrap_or_default();
            Failure::not_found("control", format!("{id}{version}"))
        })?;
        let source = self.document(&published.control.sha256).await?;
        let parsed = parse(&source);
        let diagnostics = parsed.diagnostics;
        let control = parsed.control.ok_or(Failure::Faulty { what: "control", diagnostics })?;
        let (reference, published_at) = (published.control.clone(), published.published_at);
        Ok(LoadedControl { reference, published_at, source, control })
    }

    /// The latest version of every published control, by identifier.
    pub async fn controls(&self) -> Result<Vec<LoadedControl>, Failure> {
        let register = self.register().await?.state;
        let ids: std::collections::BTreeSet<&ControlId> =
            register.controls.iter().map(|one| &one.control.id).collect();
        let mut all = Vec::with_capacity(ids.len());
        for id in ids {
            all.push(self.control(id, None).await?);
        }
        Ok(all)
    }

    /// What the control points to, held against what there is now.
    pub async fn control_links(&self, control: &Control) -> Result<Vec<LinkStatus>, Failure> {
        let register = self.register().await?.state;
        self.surrounded(&register, |around| link_statuses(control, around)).await
    }

    /// What is wrong with a control's text, links that point to nothing included.
    pub async fn check_control(
        &self,
        source: &str,
    ) -> Result<(Option<Control>, Vec<Diagnostic>), Failure> {
        let parsed = parse(source);
        let mut diagnostics = parsed.diagnostics;
        if let Some(control) = &parsed.control {
            let register = self.register().await?.state;
            let found = self.surrounded(&register, |around| check_links(control, around, source));
            diagnostics.extend(found.await?);
        }
        Ok((parsed.control, diagnostics))
    }

    async fn surrounded<T>(
        &self,
        register: &Register,
        with: impl FnOnce(&Surroundings<'_>) -> T,
    ) -> Result<T, Failure> {
        let policy = self.policy_in_force(register).await?;
        let policy = policy.as_ref().map(|loaded| &*loaded.policy);
        Ok(with(&Surroundings { register, policy, formats: &known_formats() }))
    }

    /// Publishes a version of a control. Whatever it points to has to be there.
    pub async fn publish_control(
        &self,
        caller: &Caller,
        source: &str,
        precautions: Precautions,
    ) -> Result<(ControlRef, Receipt), Failure> {
        let (control, diagnostics) = self.check_control(source).await?;
        let faulty = || Failure::Faulty { what: "control", diagnostics: diagnostics.clone() };
        let control = control.ok_or_else(faulty)?;
        if has_errors(&diagnostics) {
            return Err(faulty());
        }
        let Control { id, version, title, .. } = control;
        let reference = ControlRef { id, version, sha256: Sha256::of(source.as_bytes()) };
        let command = RegisterCommand::PublishControl { control: reference.clone(), title };
        let receipt = self.publish(caller, source, command, precautions).await?;
        Ok((reference, receipt))
    }

    /// These days on the organisation's calendar.
    pub async fn period(&self, from: Date, to: Date) -> Result<Period, Failure> {
        let calendar = self.register().await?.state.calendar();
        let calendar =
            calendar.ok_or_else(|| Failure::malformed("from", "there is no calendar"))?;
        Period::new(from, to, &calendar).map_err(|error| Failure::malformed("from", error))
    }

    /// Records that somebody was told how far a control is. The numbers are worked out
    /// here, from the log; nobody types them in.
    pub async fn report_control(
        &self,
        caller: &Caller,
        (id, period): (&ControlId, Period),
        precautions: Precautions,
    ) -> Result<(ControlReport, Receipt), Failure> {
        let loaded = self.control(id, None).await?;
        let assessed = self.assess_control(&loaded, period).await?;
        let report = ControlReport {
            control: loaded.reference,
            from: assessed.period.from,
            to: assessed.period.to,
            level: assessed.maturity.level,
            metrics: assessed.maturity.metrics,
        };
        let command = RegisterCommand::ReportControl(Box::new(report.clone()));
        let submission = Submission::new(AnyCommand::Register(command)).taking(precautions);
        let receipt = self.execute(caller, submission).await?;
        Ok((report, receipt))
    }
}
