//! The engine's [`Outbox`].

use super::Memory;
use crate::engine::Outbox;
use crate::fault::Fault;
use crate::outbox::{Delivery, DeliveryStatus, DueMessage, OutboxMessage, Retry};
use crate::page::MAX_PAGE;
use countersign_core::name::ReleaseId;
use jiff::Timestamp;

impl Memory {
    /// Changes a message that is due; `false` when there is none.
    fn change_due(&self, id: &str, change: impl FnOnce(&mut OutboxMessage, &mut Delivery)) -> bool {
        let mut state = self.state();
        match state.outbox.get_mut(id) {
            Some((message, delivery)) if delivery.status == DeliveryStatus::Due => {
                change(message, delivery);
                true
            }
            Some(_) | None => false,
        }
    }
}

impl Outbox for Memory {
    async fn outbox_due(&self, now: Timestamp, limit: u32) -> Result<Vec<DueMessage>, Fault> {
        let state = self.state();
        let due = state.outbox.values().filter(|(_, delivery)| {
            delivery.status == DeliveryStatus::Due && delivery.next_at <= now
        });
        let mut due: Vec<_> = due
            .map(|(message, delivery)| DueMessage {
                message: message.clone(),
                attempts: delivery.attempts,
            })
            .collect();
        // Ids are in order already, and the sort is stable.
        due.sort_by_key(|due| due.message.next_at);
        due.truncate(limit.clamp(1, MAX_PAGE) as usize);
        Ok(due)
    }

    async fn outbox_next(&self) -> Result<Option<Timestamp>, Fault> {
        let state = self.state();
        let waiting = state.outbox.values().map(|(_, delivery)| delivery);
        let waiting = waiting.filter(|delivery| delivery.status == DeliveryStatus::Due);
        Ok(waiting.map(|delivery| delivery.next_at).min())
    }

    async fn outbox_done(&self, id: &str, at: Timestamp) -> Result<bool, Fault> {
        Ok(self.change_due(id, |_, delivery| {
            delivery.status = DeliveryStatus::Done;
            delivery.attempts += 1;
            delivery.attempted_at = Some(at);
        }))
    }

    async fn outbox_retry(&self, id: &str, retry: &Retry) -> Result<bool, Fault> {
        Ok(self.change_due(id, |message, delivery| {
            message.next_at = retry.next_at;
            delivery.next_at = retry.next_at;
            delivery.attempts = retry.attempt;
            delivery.attempted_at = Some(retry.at);
            delivery.last_error = Some(retry.error.clone());
        }))
    }

    async fn outbox_dead(&self, id: &str, error: &str, at: Timestamp) -> Result<bool, Fault> {
        Ok(self.change_due(id, |_, delivery| {
            delivery.status = DeliveryStatus::Dead;
            delivery.attempts += 1;
            delivery.attempted_at = Some(at);
            delivery.last_error = Some(error.to_owned());
        }))
    }

    async fn deliveries(&self, release: &ReleaseId) -> Result<Vec<Delivery>, Fault> {
        let state = self.state();
        let its = state.outbox.values().map(|(_, delivery)| delivery);
        let mut its: Vec<_> =
            its.filter(|delivery| delivery.release == *release).cloned().collect();
        its.sort_by_key(|delivery| delivery.created_at);
        Ok(its)
    }
}
