//! Idempotency for what is no event: people, tokens, webhooks. Commands to releases, models and
//! the register remember their keys in the append itself; here the answer is remembered after the
//! fact, without the secrets in it.

use crate::api::permit::Permit;
use crate::api::problem::Problem;
use crate::app::Precautions;
use crate::failure::{Doing, Failure};
use axum::Json;
use countersign_store::{Append, AppendError, Idempotency};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// An answer that can be given again.
pub trait Repeatable: Serialize + DeserializeOwned {
    /// The answer as it is kept: without what was shown once.
    #[must_use]
    fn without_secrets(self) -> Self {
        self
    }
}

impl<P> Permit<P> {
    /// Does the work, unless the same request was carried out before: then its answer is repeated.
    pub async fn once<T: Repeatable + Clone>(
        &self,
        precautions: Precautions,
        work: impl Future<Output = Result<T, Failure>>,
    ) -> Result<Json<T>, Problem> {
        let (Some(key), Some(actor)) = (precautions.idempotency, self.caller.id()) else {
            return Ok(Json(work.await?));
        };
        let store = &self.app.store;
        let past = store.remembered(actor, &key.key).await.doing("read past requests")?;
        if let Some(past) = past {
            if past.request != key.request {
                let message = format!(
                    "the idempotency key `{}` was used for another request: send a new key",
                    key.key
                );
                return Err(Failure::Stale { message }.into());
            }
            let answer = serde_json::from_slice(&past.response).doing("read a past answer")?;
            return Ok(Json(answer));
        }
        let answer = work.await?;
        let kept = answer.clone().without_secrets();
        let response = serde_json::to_vec(&kept).doing("keep an answer")?;
        let (actor, at) = (actor.clone(), self.app.clock.now());
        let (key, request) = (key.key, key.request);
        let idempotency = Some(Idempotency { actor, key, request, response, at });
        match store.append(Append { idempotency, ..Append::default() }).await {
            // Somebody sent the same request twice at once: both were carried out.
            Ok(_) | Err(AppendError::AlreadyDone(_)) => Ok(Json(answer)),
            Err(error) => Err(Err::<(), _>(error).doing("keep an answer").unwrap_err().into()),
        }
    }
}
