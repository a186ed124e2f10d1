//! Where webhooks are let go, address by address; a name that leads elsewhere the second time; and that
//! the clients connect to nothing but what the guard says.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use ledger::ids::{AccountId, EndpointId};
use secrecy::SecretString;
use tokio::net::TcpListener;
use tokio::time::timeout;
use uuid::Uuid;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::*;
use crate::auth::SigningKey;
use crate::delivery::webhook::{WebhookSender, client};
use crate::delivery::{Sent, samples};
use crate::store::Endpoint;

/// Says of a name one address after the other.
struct Changing {
    answers: Vec<IpAddr>,
    asked: AtomicUsize,
}

impl Names for Changing {
    fn addresses(&self, _: String) -> Resolving {
        let turn = self.asked.fetch_add(1, Ordering::SeqCst);
        let answer = self.answers.get(turn).or(self.answers.last());
        let address = *answer.unwrap();
        Box::pin(async move {
            let found = [SocketAddr::new(address, 0)].into_iter();
            Ok::<Addrs, _>(Box::new(found))
        })
    }
}

fn guarding(allowed: &[&str], answers: &[&str]) -> Egress {
    Egress {
        allowed: allowed.iter().map(|it| it.parse().unwrap()).collect(),
        names: Arc::new(Changing {
            answers: answers.iter().map(|it| it.parse().unwrap()).collect(),
            asked: AtomicUsize::new(0),
        }),
    }
}

#[test]
fn no_address_is_public_that_is_somebody_s_own() {
    for private in [
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "100.64.0.1",
        "100.127.255.255",
        "127.0.0.1",
        "127.255.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.8",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:8.8.8.8",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:2::1",
        "2001:10::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "3fff::1",
        "5f00::1",
        "fc00::1",
        "fd12:3456::1",
        "fe80::1",
        "fec0::1",
        "ff02::1",
    ] {
        assert!(!is_public(private.parse().unwrap()), "{private}");
    }
    for public in [
        "1.1.1.1",
        "8.8.8.8",
        "100.63.255.255",
        "100.128.0.1",
        "172.15.255.255",
        "172.32.0.1",
        "191.255.255.255",
        "192.0.1.1",
        "198.17.255.255",
        "198.20.0.1",
        "223.255.255.255",
        "2001:200::1",
        "2606:4700::1111",
        "2a00:1450::1",
        "3ffe::1",
    ] {
        assert!(is_public(public.parse().unwrap()), "{public}");
    }
}

#[test]
fn what_can_be_seen_is_refused_when_it_is_saved() {
    let guard = Egress::new(Vec::new());
    for (url, refusal) in [
        ("", Refusal::NotAUrl),
        ("hooks.example.com", Refusal::NotAUrl),
        ("ftp://hooks.example.com/", Refusal::NotAUrl),
        ("javascript:alert(1)", Refusal::NotAUrl),
        ("http://hooks.example.com/", Refusal::NotHttps),
        ("http://127.0.0.1/", Refusal::NotHttps),
        ("https://user@hooks.example.com/", Refusal::WithUser),
        ("https://:secret@hooks.example.com/", Refusal::WithUser),
        ("https://@hooks.example.com/", Refusal::WithUser),
        ("https://hooks.example.com/#a", Refusal::WithFragment),
        ("https://hooks.example.com:22/", Refusal::Port),
        ("https://hooks.example.com:80/", Refusal::Port),
        ("https://hooks.example.com:1023/", Refusal::Port),
        ("https://127.0.0.1/", Refusal::NotPublic),
        ("https://127.1/", Refusal::NotPublic),
        ("https://2130706433/", Refusal::NotPublic),
        ("https://0177.0.0.1/", Refusal::NotPublic),
        ("https://0x7f000001/", Refusal::NotPublic),
        ("https://0/", Refusal::NotPublic),
        (
            "https://169.254.169.254/latest/meta-data/",
            Refusal::NotPublic,
        ),
        ("https://[::1]/", Refusal::NotPublic),
        ("https://[::ffff:10.0.0.1]/", Refusal::NotPublic),
        ("https://[64:ff9b::a00:1]/", Refusal::NotPublic),
        ("https://[2002:a00:1::]/", Refusal::NotPublic),
        ("https://localhost/", Refusal::NotPublic),
        ("https://LOCALHOST./", Refusal::NotPublic),
        ("https://db.localhost/", Refusal::NotPublic),
        ("https://metadata.google.internal/", Refusal::NotPublic),
        ("https://printer.local/", Refusal::NotPublic),
        ("https://intranet/", Refusal::NotPublic),
        // The digits are fullwidth, and mean 127.0.0.1 to whoever reads them as a host.
        (
            "https://\u{ff11}\u{ff12}\u{ff17}.\u{ff10}.\u{ff10}.\u{ff11}/",
            Refusal::NotPublic,
        ),
    ] {
        assert_eq!(guard.check(url).err(), Some(refusal), "{url}");
    }
    for url in [
        "https://hooks.example.com/credits?of=acme",
        "https://hooks.example.com:8443/",
        "https://b\u{fc}cher.example.com/",
        "https://8.8.8.8/",
    ] {
        assert!(guard.check(url).is_ok(), "{url}");
    }
    let long = format!("https://hooks.example.com/{}", "x".repeat(2_048));
    assert_eq!(guard.check(&long).err(), Some(Refusal::NotAUrl));
}

#[test]
fn an_operator_may_allow_networks_and_there_plain_http() {
    let guard = Egress::new(vec!["10.1.0.0/16".parse().unwrap()]);
    for url in [
        "http://10.1.2.3:8080/",
        "http://10.1.2.3/",
        "https://10.1.2.3/",
        "http://billing.internal:8080/",
    ] {
        assert!(guard.check(url).is_ok(), "{url}");
    }
    for url in [
        "https://10.2.0.1/",
        "http://10.2.0.1/",
        "https://127.0.0.1/",
        "http://10.1.2.3:22/",
    ] {
        assert!(guard.check(url).is_err(), "{url}");
    }
}

async fn resolve(guard: &Guard) -> Result<Vec<IpAddr>, String> {
    let found = guard.resolve("hooks.example.com".parse().unwrap()).await;
    let found = found.map_err(|error| error.to_string())?;
    Ok(found.map(|it| it.ip()).collect())
}

#[tokio::test]
async fn a_name_is_looked_at_each_time_that_it_is_connected_to() {
    let guard = |reach| Guard {
        egress: guarding(
            &["10.1.0.0/16"],
            &["8.8.8.8", "127.0.0.1", "10.1.0.7", "64:ff9b::7f00:1"],
        ),
        reach,
    };
    let public = guard(Reach::Public);
    assert_eq!(
        resolve(&public).await.unwrap(),
        ["8.8.8.8".parse::<IpAddr>().unwrap()]
    );
    let refused = resolve(&public).await.unwrap_err();
    assert_eq!(refused, "its host is not on the public internet");
    assert!(resolve(&public).await.is_ok(), "an operator has allowed it");
    assert!(resolve(&public).await.is_err());
    let allowed = guard(Reach::Allowed);
    assert!(
        resolve(&allowed).await.is_err(),
        "in the clear it goes into allowed networks alone"
    );
    assert!(resolve(&allowed).await.is_err());
    assert!(resolve(&allowed).await.is_ok());
}

#[tokio::test]
async fn the_clients_connect_to_nothing_else() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let connects_with = async |reach, allowed: &[&str]| {
        let client = client(&guarding(allowed, &["127.0.0.1"]), reach).unwrap();
        let url = format!("http://rebound.example.com:{port}/");
        let _ = timeout(Duration::from_millis(500), client.get(url).send()).await;
        let arrived = timeout(Duration::from_millis(50), listener.accept());
        arrived.await.is_ok()
    };
    for reach in [Reach::Public, Reach::Allowed] {
        assert!(
            !connects_with(reach, &[]).await,
            "{reach:?}: the name leads to this machine"
        );
        assert!(
            connects_with(reach, &["127.0.0.1/32"]).await,
            "{reach:?}: the guard is what stood in the way"
        );
    }
}

#[tokio::test]
async fn what_is_sent_goes_where_the_guard_says_that_the_name_leads() {
    let receiver = MockServer::start().await;
    let answer = ResponseTemplate::new(200);
    Mock::given(any())
        .respond_with(answer)
        .mount(&receiver)
        .await;
    let port = receiver.address().port();
    let notice = samples::notices().remove(0);
    let endpoint = Endpoint {
        id: EndpointId::from_uuid(Uuid::from_u128(7)),
        url: format!("http://hooks.acme.example:{port}/"),
        kinds: None,
        description: None,
        disabled: None,
        failing_since: None,
        is_untold: false,
        secret_generation: 1,
        previous_until: None,
        owner: AccountId::parse("admin-1").unwrap(),
        created_at: notice.at,
        updated_at: notice.at,
    };
    let send = async |allowed: &[&str]| {
        let key = SigningKey::new(&SecretString::from("a key"));
        let sender = WebhookSender::new(key, guarding(allowed, &["127.0.0.1"])).unwrap();
        let whose = &endpoint.owner;
        sender.send(&endpoint, whose, &notice, notice.at).await
    };
    let Sent::Failed(answer) = send(&["10.0.0.0/8"]).await else {
        panic!("the name leads to this machine");
    };
    assert_eq!(
        answer.text,
        "no answer: its host is not on the public internet"
    );
    assert_eq!(receiver.received_requests().await.unwrap().len(), 0);
    let sent = send(&["127.0.0.1/32"]).await;
    assert!(matches!(sent, Sent::Delivered(_)), "{sent:?}");
    assert_eq!(receiver.received_requests().await.unwrap().len(), 1);
}
