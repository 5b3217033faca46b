//! `xcred keys rotate`, interrupted at every request and every change of a file, then finished or taken back.
//!
//! After each interruption: the files hold a key that works, and every key that IAM has is in the files, in the
//! journal, or the journal says that one may be coming.

use crate::line::{Fault, Line};
use crate::peers::Iam;
use crate::rotation::{Case, ROTATE};
use crate::strace;

/// The statuses of web pages that come in place of answers.
const PAGES: [u16; 7] = [400, 403, 408, 413, 429, 451, 499];

/// The operations of an undisturbed rotation.
fn operations(moto: &Iam) -> Vec<String> {
    let line = Line::to(moto.port);
    let case = Case::new(moto, "undisturbed", &line.url());
    case.sandbox.run(&ROTATE).success_with_words();
    line.asked()
}

#[test]
fn whatever_happens_to_a_request_the_rotation_can_be_finished_and_taken_back() {
    let Some(moto) = Iam::start() else { return };
    let operations = operations(&moto);
    assert_eq!(
        operations.join(" "),
        "GetCallerIdentity ListAccessKeys GetAccessKeyLastUsed CreateAccessKey GetCallerIdentity ListAccessKeys UpdateAccessKey"
    );
    let faults = [Fault::Refused, Fault::CutBefore, Fault::CutAfter, Fault::HangBefore, Fault::HangAfter];
    interrupted_by(&moto, &operations, &faults);
}

#[test]
fn a_web_page_in_place_of_any_answer_is_no_answer() {
    let Some(moto) = Iam::start() else { return };
    let operations = operations(&moto);
    interrupted_by(&moto, &operations, &PAGES.map(Fault::PageBefore));
    interrupted_by(&moto, &operations, &PAGES.map(Fault::PageAfter));
}

/// Interrupts a rotation with each fault at each request, and finishes it or takes it back.
fn interrupted_by(moto: &Iam, operations: &[String], faults: &[Fault]) {
    std::thread::scope(|scope| {
        for &fault in faults {
            for undo in [false, true] {
                scope.spawn(move || {
                    let line = Line::to(moto.port);
                    for (at, operation) in operations.iter().enumerate() {
                        let user = format!("{operation}-{at}-{fault:?}-{undo}").replace(['(', ')'], "-");
                        let case = Case::new(moto, &user, &line.url());
                        line.fault(at, fault);
                        case.interrupted(&line, fault);
                        line.restore();
                        case.recover(undo);
                    }
                });
            }
        }
    });
}

#[test]
fn mending_can_be_interrupted_as_well() {
    let Some(moto) = Iam::start() else { return };
    let moto = &moto;
    // Behind the answer of each request that changes something.
    std::thread::scope(|scope| {
        for begun in [3, 6] {
            for first in ["--resume", "--undo"] {
                for second in [false, true] {
                    scope.spawn(move || {
                        let line = Line::to(moto.port);
                        for at in 0..12 {
                            let user = format!("{begun}-{first}-{at}-{second}");
                            let case = Case::new(moto, &user, &line.url());
                            line.fault(begun, Fault::CutAfter);
                            case.interrupted(&line, Fault::CutAfter);
                            line.fault(at, Fault::CutAfter);
                            let lost = case.lost();
                            let named = lost.iter().flat_map(|id| ["--delete-lost", id]).collect::<Vec<_>>();
                            let (code, _, stderr) =
                                case.sandbox.run(&[&ROTATE[..], &[first], &named].concat()).ended();
                            assert!(matches!(code, Some(0 | 255)), "{user}: {stderr}");
                            line.restore();
                            case.recover(second);
                            if code == Some(0) {
                                break;
                            }
                        }
                    });
                }
            }
        }
    });
}

#[test]
fn killed_at_any_change_of_a_file_or_out_of_room_the_rotation_can_be_finished_and_taken_back() {
    if !strace::is_there() {
        return;
    }
    let Some(moto) = Iam::start() else { return };
    let sample = Case::new(&moto, "sample", &moto.url());
    let mut calls = strace::trace(&sample.sandbox, &ROTATE);
    calls.retain(|call| {
        ["write", "fsync", "linkat", "rename", "mkdir", "unlink", "fchmod"].contains(&call.name.as_str())
    });
    assert!(calls.iter().filter(|call| call.name == "rename").count() >= 4, "{calls:?}");
    let (moto, calls) = (&moto, &calls);
    std::thread::scope(|scope| {
        for undo in [false, true] {
            for kill in [false, true] {
                scope.spawn(move || {
                    for (at, call) in calls.iter().enumerate() {
                        let user = format!("{}-{at}-{kill}-{undo}", call.name);
                        let case = Case::new(moto, &user, &moto.url());
                        // Writes to the network are counted as well, so this one may not come.
                        if kill && call.name != "write" {
                            strace::killed(&case.sandbox, call, &ROTATE);
                        } else {
                            let _ = strace::failing(&case.sandbox, call, "ENOSPC", false, &ROTATE).ended();
                        }
                        case.recover(undo);
                    }
                });
            }
        }
    });
}
