//! What every engine must do. A new engine adds one line at the end.

mod directory;
mod log;
mod notices;
mod outbox;
mod people;
mod rows;

use crate::fixture::options;
use countersign_store::{Store, open};
use tempfile::TempDir;

/// A fresh store; dropping it removes its files.
struct Fresh {
    store: Store,
    _dir: Option<TempDir>,
}

fn memory() -> Fresh {
    Fresh { store: open("memory:", options()).unwrap(), _dir: None }
}

fn sqlite() -> Fresh {
    let dir = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", dir.path().join("test.db").display());
    Fresh { store: open(&url, options()).unwrap(), _dir: Some(dir) }
}

macro_rules! conformance {
    ($engine:ident) => {
        conformance! { $engine =>
            log: a_new_log_has_a_signed_head,
                events_come_back_in_order_by_stream_and_by_position,
                every_append_is_covered_by_a_checkpoint_that_its_key_signed,
                leaf_hashes_are_those_of_the_events,
                one_append_may_touch_several_streams,
                an_append_on_a_stale_stream_writes_nothing,
                an_append_on_a_stale_stream_it_only_read_writes_nothing,
                of_two_commands_racing_for_a_stream_exactly_one_wins,
                many_appends_at_once_leave_no_gap,
                an_event_at_the_limit_is_stored_and_a_longer_one_is_refused,
                a_decision_its_rows_and_its_messages_are_stored_together_or_not_at_all,
                a_repeated_command_is_answered_as_before_and_not_carried_out_again,
                a_key_used_for_another_request_is_refused,
                keys_of_different_people_never_meet,
                forgotten_keys_may_be_used_again,
                an_erased_text_leaves_the_log_verifiable,
                an_append_without_events_moves_nothing;
            rows: a_row_is_replaced_by_the_next_one,
                releases_are_listed_newest_first_page_by_page,
                releases_are_filtered_by_model_state_and_text,
                a_search_takes_wildcards_literally,
                releases_are_counted_by_state,
                tasks_are_listed_by_due_date_with_undated_ones_last,
                a_task_for_a_person_and_a_role_is_listed_once,
                nobody_named_means_no_tasks,
                replaced_tasks_and_standings_do_not_linger,
                entries_are_listed_newest_first_and_by_whether_they_are_settled,
                replaced_entries_do_not_linger,
                standings_answer_for_one_digest_in_every_environment,
                an_unknown_digest_has_no_standing,
                models_are_listed_by_name,
                every_row_is_reachable_for_comparison;
            outbox: messages_fall_due_in_order,
                a_failed_delivery_is_tried_again_later,
                a_delivery_that_ended_is_not_tried_again,
                a_message_id_is_used_once;
            notices: a_notice_is_kept_once_however_often_it_is_found,
                notices_are_listed_newest_first_to_people_and_to_holders_of_roles,
                a_notice_is_read_by_each_person_for_themselves,
                of_two_servers_that_send_a_notice_exactly_one_does,
                of_two_servers_that_take_a_dispatch_exactly_one_does,
                a_dispatch_is_tried_again_and_given_up_in_the_end,
                nothing_on_its_way_to_a_forgotten_person_stays;
            people: addresses_are_unique_without_regard_to_case,
                a_person_can_be_changed_and_disabled,
                a_session_leads_to_its_person,
                expired_sessions_are_removed,
                a_set_up_link_is_taken_once,
                forgetting_a_person_leaves_the_log_as_it_is;
            directory: a_token_is_found_by_its_hash,
                a_revoked_token_keeps_its_first_moment,
                an_endpoint_is_stored_whole,
                settings_are_kept_by_key;
        }
    };
    ($engine:ident => $($area:ident: $($case:ident),+;)+) => {
        mod $engine {$(
            mod $area {$(
                #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
                async fn $case() {
                    let fresh = crate::conformance::$engine();
                    crate::conformance::$area::$case(&fresh.store).await;
                }
            )+}
        )+}
    };
}

mod engines {
    conformance!(memory);
    conformance!(sqlite);
}
