//! What comes back to this machine from a browser, or is pasted at the terminal: only the answer to our own sign-in is one.

use std::net::TcpStream;
use std::thread;
use std::time::Duration;

use crate::browser::{CONFIG, Running, TOKEN, asked, callback_of, fetched, is_open, opened, with_browser};
use crate::harness::Sandbox;
use crate::services::{IdentityCenter, query};
use crate::terminal::Terminal;

const LOGIN: [&str; 3] = ["login", "-p", "dev"];

fn home(service: &IdentityCenter) -> Sandbox {
    with_browser(service.home().config(CONFIG))
}

#[test]
fn what_is_no_answer_to_this_sign_in_is_refused_and_waiting_goes_on() {
    let service = IdentityCenter::start();
    let home = home(&service);
    let mut running = Running::start(&home, &LOGIN);
    let address = opened(&home);
    let (host, state) = (callback_of(&address), query(&address)["state"].clone());
    let silent: Vec<TcpStream> = (0..2).map(|_| TcpStream::connect(&host).unwrap()).collect();
    let get = |target: &str| fetched(&format!("http://{host}{target}"));
    for (target, status) in [
        ("/favicon.ico".to_owned(), 404),
        ("/".to_owned(), 404),
        ("/oauth/callback".to_owned(), 400),
        (format!("/oauth/callback/x?code=foreign&state={state}"), 404),
        ("/oauth/callback?code=foreign&state=foreign".to_owned(), 400),
        ("/oauth/callback?error=access_denied".to_owned(), 400),
        ("/oauth/callback?error=access_denied&state=foreign".to_owned(), 400),
        (format!("/oauth/callback?code=foreign&state={state}&x={}", "x".repeat(100_000)), 400),
    ] {
        let page = get(&target);
        assert!(page.starts_with(&format!("HTTP/1.1 {status} ")), "{page}");
    }
    let right = format!("/oauth/callback?code=foreign&state={state}");
    for (method, name, status) in
        [("POST", host.as_str(), 405), ("GET", "evil.example", 400), ("GET", "127.0.0.1", 400)]
    {
        let page =
            asked(&host, &format!("{method} {right} HTTP/1.1\r\nHost: {name}\r\nContent-Length: 0\r\n\r\n"));
        assert!(page.starts_with(&format!("HTTP/1.1 {status} ")), "{page}");
    }
    assert!(running.is_running());
    let page = fetched(&service.agree(&address));
    assert!(page.starts_with("HTTP/1.1 200 ") && page.contains("text/html"), "{page}");
    assert!(!page.contains("DoNotShow") && !page.contains(&state) && !page.contains("<script"), "{page}");
    let ended = running.end();
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    assert_eq!(service.calls(), ["RegisterClient", "CreateToken authorization_code"]);
    drop(silent);
    assert!(!is_open(&host));
}

#[test]
fn an_error_of_the_sign_in_page_ends_it_and_drives_no_terminal() {
    for (error, says) in [
        ("error=access_denied", "declined in the browser"),
        ("error=access_denied&error_description=%1b%5b31mno", "declined in the browser"),
        ("error=server_error&error_description=%1b%5d0%3bx%07%0afake%3a+all+well", "server_error"),
    ] {
        let service = IdentityCenter::start();
        let home = home(&service);
        let running = Running::start(&home, &LOGIN);
        let address = opened(&home);
        let back = format!(
            "http://{}/oauth/callback?{error}&state={}",
            callback_of(&address),
            query(&address)["state"]
        );
        let page = fetched(&back);
        assert!(page.contains("Sign-in failed") && !page.contains("fake") && !page.contains("31m"), "{page}");
        let ended = running.end();
        assert_eq!(ended.code, Some(254), "{}", ended.stderr);
        assert!(
            ended.stderr.contains(says) && !ended.stderr.contains(['\u{1b}', '\u{7}']),
            "{:?}",
            ended.stderr
        );
        assert!(!ended.stderr.lines().any(|line| line.starts_with("fake")), "{}", ended.stderr);
        assert_eq!(service.calls(), ["RegisterClient"]);
        assert!(!home.path(TOKEN).exists());
    }
}

#[test]
fn the_address_can_be_pasted_at_the_terminal_unseen() {
    for form in ["address", "query", "parameters"] {
        let service = IdentityCenter::start();
        let home = home(&service);
        let mut terminal = Terminal::run(&home, &[&LOGIN[..], &["-v"]].concat());
        terminal.see("paste the address");
        let back = service.agree(&opened(&home));
        let query = back.split_once('?').unwrap().1.to_owned();
        let pasted = match form {
            "address" => back.clone(),
            "query" => format!("?{query}"),
            _ => query,
        };
        terminal.answer("nonsense").see("not the address at which the browser ended");
        let foreign = "http://127.0.0.1:1/oauth/callback?code=foreign-code&state=foreign";
        terminal.answer(foreign).see("not the address at which the browser ended");
        // In two pieces, as some terminals deliver it.
        let (first, rest) = pasted.split_at(pasted.len() / 2);
        terminal.keys(first);
        thread::sleep(Duration::from_millis(200));
        terminal.answer(rest).see("Signed in to https://corp.awsapps.com/start until ");
        let shown = terminal.end(0);
        for hidden in ["DoNotShow", "nonsense", "foreign"] {
            assert!(!shown.contains(hidden), "{form}: {shown:?}");
        }
        assert_eq!(service.calls(), ["RegisterClient", "CreateToken authorization_code"]);
    }
}

#[test]
fn the_browser_may_come_back_while_somebody_types() {
    let service = IdentityCenter::start();
    let home = home(&service);
    let mut terminal = Terminal::run(&home, &LOGIN);
    terminal.see("paste the address").keys("half a line");
    fetched(&service.agree(&opened(&home)));
    terminal.see("Signed in to ");
    let shown = terminal.end(0);
    assert!(!shown.contains("half a line"), "{shown:?}");
}

#[test]
fn the_address_is_on_one_line_of_a_narrow_terminal() {
    let service = IdentityCenter::start();
    let home = home(&service);
    let mut terminal = Terminal::run(&home, &[&LOGIN[..], &["--no-browser"]].concat());
    terminal.see("paste the address").keys("\u{3}");
    let shown = terminal.end(130);
    let address = shown.lines().map(str::trim_end).find(|line| line.starts_with("http")).expect("an address");
    assert!(address.len() > 200 && address.contains("code_challenge="), "{shown:?}");
    assert!(!home.path("opened").exists());
}
