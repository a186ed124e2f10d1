//! What a mail server's words mean, said by one that says what it is told to say, or nothing any more.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use lettre::message::Mailbox;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

use super::*;

/// What it says to a client's word; what is not named is well. None: it says nothing any more.
type Script = Vec<(&'static str, Option<&'static str>)>;

struct Double {
    port: u16,
    script: Arc<Mutex<Script>>,
    connections: Arc<AtomicUsize>,
}

impl Double {
    async fn start(script: Script) -> Double {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let double = Double {
            port: listener.local_addr().unwrap().port(),
            script: Arc::new(Mutex::new(script)),
            connections: Arc::default(),
        };
        let (script, connections) = (Arc::clone(&double.script), Arc::clone(&double.connections));
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                connections.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(talk(client, Arc::clone(&script)));
            }
        });
        double
    }

    fn server(&self) -> MailServer {
        let url = format!("smtp://credits:a-password@127.0.0.1:{}", self.port);
        let mut server = MailServer::new(&SecretString::from(url)).unwrap();
        server.patience = Duration::from_millis(500);
        server
    }
}

/// Until the client hangs up, or there is nothing to say.
async fn talk(mut client: TcpStream, script: Arc<Mutex<Script>>) {
    let (reading, mut writing) = client.split();
    let mut lines = BufReader::new(reading).lines();
    let mut word = "CONNECT".to_owned();
    loop {
        let answer = answer_to(&word, &script.lock().unwrap());
        let Some(answer) = answer else {
            return std::future::pending().await;
        };
        let _ = writing.write_all(format!("{answer}\r\n").as_bytes()).await;
        let is_text = answer.starts_with("354");
        word.clear();
        while word.is_empty() {
            match lines.next_line().await {
                Ok(Some(line)) if !is_text || line == "." => word = line,
                Ok(Some(_)) => {}
                _ => return,
            }
        }
    }
}

fn answer_to(word: &str, script: &Script) -> Option<&'static str> {
    if let Some((_, answer)) = script.iter().find(|(begin, _)| word.starts_with(begin)) {
        return *answer;
    }
    Some(match word.split(' ').next() {
        Some("CONNECT") => "220 here",
        Some("EHLO") => "250-here\r\n250 AUTH PLAIN",
        Some("AUTH") => "235 it is you",
        Some("DATA") => "354 go on",
        _ => "250 well",
    })
}

fn mail() -> Message {
    let somebody: Mailbox = "ada@people.example".parse().unwrap();
    let message = Message::builder().from(somebody.clone()).to(somebody);
    message.subject("a test").body("text".to_owned()).unwrap()
}

#[tokio::test]
async fn what_is_said_of_the_mail_is_final_and_what_is_said_of_ourselves_is_not() {
    for (word, answer, is_final) in [
        ("CONNECT", "554 no service here", false),
        ("CONNECT", "421 too busy", false),
        ("EHLO", "550 not you", false),
        ("AUTH", "535 authentication failed", false),
        ("AUTH", "534 not like this", false),
        ("MAIL", "530 who are you", false),
        ("MAIL", "451 later", false),
        ("RCPT", "550 no such mailbox", true),
        ("RCPT", "450 busy", false),
        (".", "554 this is spam", true),
    ] {
        let double = Double::start(vec![(word, Some(answer))]).await;
        let sent = double.server().send(mail()).await;
        let (Sent::Refused(said) | Sent::Failed(said)) = &sent else {
            panic!("{word} {answer}: {sent:?}");
        };
        assert_eq!(said.status, answer.get(..3).unwrap().parse().ok());
        let says = matches!(sent, Sent::Refused(_));
        assert_eq!(says, is_final, "{word} {answer}");
    }
}

#[tokio::test]
async fn a_server_that_falls_silent_is_left_and_not_met_again_where_it_was() {
    for word in ["CONNECT", "EHLO", "AUTH", "RCPT", "DATA", "."] {
        let double = Double::start(vec![(word, None)]).await;
        let server = double.server();
        let sent = timeout(Duration::from_secs(5), server.send(mail())).await;
        let Ok(Sent::Failed(answer)) = sent else {
            panic!("{word}: {sent:?}");
        };
        assert_eq!(
            (answer.status, answer.text.as_str()),
            (None, "no answer in time")
        );
        double.script.lock().unwrap().clear();
        let Sent::Delivered(answer) = server.send(mail()).await else {
            panic!("{word}: it speaks again");
        };
        assert_eq!(answer.status, Some(250));
        assert_eq!(double.connections.load(Ordering::SeqCst), 2);
    }
}
