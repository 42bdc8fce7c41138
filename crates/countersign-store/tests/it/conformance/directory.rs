use crate::fixture::*;
use countersign_core::digest::Sha256;
use countersign_store::{ApiToken, Setting, Store, WebhookEndpoint};

fn token(id: &str) -> ApiToken {
    ApiToken {
        id: id.to_owned(),
        token: Sha256::of(id.as_bytes()),
        name: "nightly evaluation".to_owned(),
        holder: person("m-pipeline"),
        scopes: vec!["evidence:attach".to_owned(), "gate read".to_owned()],
        created_by: person("p-rivera"),
        created_at: at(0),
        expires_at: Some(at(600)),
        last_used_at: None,
        revoked_at: None,
    }
}

pub async fn a_token_is_found_by_its_hash(store: &Store) {
    store.add_api_token(&token("t-1")).await.unwrap();
    store.add_api_token(&token("t-2")).await.unwrap();
    store.add_api_token(&token("t-1")).await.unwrap_err();
    let same_secret = ApiToken { id: "t-3".to_owned(), ..token("t-1") };
    store.add_api_token(&same_secret).await.unwrap_err();
    assert_eq!(store.api_token(&Sha256::of(b"t-2")).await.unwrap(), Some(token("t-2")));
    assert_eq!(store.api_token(&Sha256::of(b"t-9")).await.unwrap(), None);
    assert!(store.touch_api_token("t-2", at(3)).await.unwrap());
    let used = store.api_token(&Sha256::of(b"t-2")).await.unwrap().unwrap();
    assert_eq!(used.last_used_at, Some(at(3)));
    let page = store.api_tokens(None, 1).await.unwrap();
    assert_eq!((page.items, page.next.as_deref()), (vec![token("t-1")], Some("t-1")));
    assert_eq!(store.api_tokens(Some("t-1"), 5).await.unwrap().items, [used]);
}

pub async fn a_revoked_token_keeps_its_first_moment(store: &Store) {
    store.add_api_token(&token("t-1")).await.unwrap();
    for minutes in [5, 9] {
        assert!(store.revoke_api_token("t-1", at(minutes)).await.unwrap());
    }
    let revoked = store.api_token(&Sha256::of(b"t-1")).await.unwrap().unwrap();
    assert_eq!(revoked.revoked_at, Some(at(5)));
    assert!(!store.revoke_api_token("t-9", at(5)).await.unwrap());
}

pub async fn an_endpoint_is_stored_whole(store: &Store) {
    let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let endpoint = WebhookEndpoint {
        name: "routing".to_owned(),
        url: "https://routing.example.org/hook".to_owned(),
        headers: vec![header("X-Team", "platform"), header("Accept", "application/json")],
        body_template: Some(r#"{"checkpoint": "{{ checkpoint }}"}"#.to_owned()),
        success_condition: Some("status == 202".to_owned()),
        secret: "whsec_c2VjcmV0".to_owned(),
        allow_private: true,
        events: vec!["notice.sent".to_owned()],
        updated_at: at(0),
        updated_by: person("p-rivera"),
    };
    store.put_endpoint(&endpoint).await.unwrap();
    assert_eq!(store.endpoint("routing").await.unwrap(), Some(endpoint.clone()));
    let changed = WebhookEndpoint { headers: vec![], success_condition: None, ..endpoint };
    store.put_endpoint(&changed).await.unwrap();
    assert_eq!(store.endpoints(None, 5).await.unwrap().items, [changed]);
    assert!(store.remove_endpoint("routing").await.unwrap());
    assert!(!store.remove_endpoint("routing").await.unwrap());
    assert_eq!(store.endpoint("routing").await.unwrap(), None);
}

pub async fn settings_are_kept_by_key(store: &Store) {
    let setting = |key: &str, value: &str| Setting {
        key: key.to_owned(),
        value: value.to_owned(),
        updated_at: at(0),
        updated_by: person("p-rivera"),
    };
    for (key, value) in [("zone", "UTC"), ("organisation", "Acme"), ("zone", "Europe/Vienna")] {
        store.put_setting(&setting(key, value)).await.unwrap();
    }
    let zone = setting("zone", "Europe/Vienna");
    assert_eq!(store.setting("zone").await.unwrap().as_ref(), Some(&zone));
    assert_eq!(store.setting("missing").await.unwrap(), None);
    let page = store.settings(None, 1).await.unwrap();
    assert_eq!(page.items, [setting("organisation", "Acme")]);
    assert_eq!(store.settings(page.next.as_deref(), 1).await.unwrap().items, [zone]);
}
