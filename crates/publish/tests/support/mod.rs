//! The hand-written record about invented parties, and its agreement.
#![allow(dead_code)]

use truce_model::*;
use truce_record::Record;

/// The record, sealed.
pub fn record() -> Record {
    let json = include_bytes!("../fixture/record.json");
    let mut record = truce_record::from_json(json).expect("the fixture is a record; run make.py");
    truce_record::seal(&mut record);
    record
}

/// The agreement it was read against.
pub fn agreement() -> Agreement {
    let actor = |id: &str, kind, name: &str, roles: &[Role]| Actor {
        id: id.into(),
        kind,
        side: Some(id.into()),
        names: vec![name.to_owned()],
        roles: roles.to_vec(),
    };
    let provision =
        |id: &str, who: &str, action: &str, modality, place: Option<&str>, kinds: &[Kind]| Provision {
            id: id.into(),
            point: id[..1].to_owned(),
            obligated: who.split(' ').map(ActorId::from).collect(),
            obligated_explicit: id != "2",
            beneficiary: if id == "3a" {
                vec!["persons".into(), "vehicles".into(), "cargo".into()]
            } else {
                Vec::new()
            },
            action: action.to_owned(),
            modality,
            place: place.map(PlaceId::from),
            from: Edtf::new("2031-03-02"),
            until: if id == "7" { Edtf::new("2031-04-01") } else { None },
            kinds: kinds.to_vec(),
            note: (id == "2")
                .then(|| "The text is silent on checkpoints; the sides read it differently.".to_owned()),
        };
    let place = |id: &str, name: &str, shape, coordinates_e7: &[[i32; 2]]| Place {
        id: id.into(),
        names: vec![name.to_owned()],
        shape,
        contested_names: id == "alder-pass",
        within: Vec::new(),
        coordinates_e7: coordinates_e7.to_vec(),
    };
    Agreement {
        id: "alder-2031".into(),
        title: "Alder Pass accord between Northland and Rivermark".into(),
        signed: Edtf::new("2031-03-01").expect("a date"),
        in_force: Edtf::new("2031-03-02"),
        theatre: Theatre::default(),
        actors: vec![
            actor("eastholm", ActorKind::State, "Eastholm", &[Role::Guarantor, Role::Peacekeeper]),
            actor("mission", ActorKind::Mission, "Alder Observer Mission", &[Role::Monitor]),
            actor("northland", ActorKind::State, "Northland", &[Role::Party]),
            actor("rivermark", ActorKind::State, "Rivermark", &[Role::Party]),
        ],
        places: vec![
            place(
                "alder-road",
                "Alder road",
                Shape::Line,
                &[[101_234_567, -52_000_000], [101_500_000, -51_900_000]],
            ),
            place("alder-pass", "Alder Pass", Shape::Point, &[[101_400_000, -51_950_000]]),
            place("pass-district", "Pass District", Shape::Area, &[]),
        ],
        provisions: vec![
            provision(
                "1",
                "northland rivermark",
                "stop all fire and all hostilities",
                Modality::Must,
                None,
                &[Kind::ShellingOrStrike, Kind::ArmedAttack],
            ),
            provision(
                "2",
                "northland rivermark",
                "set up no new positions in the pass",
                Modality::MustNot,
                Some("alder-pass"),
                &[Kind::NewPosition],
            ),
            provision(
                "3a",
                "northland",
                "keep the Alder road open in both directions",
                Modality::Must,
                Some("alder-road"),
                &[Kind::MovementObstruction],
            ),
            provision(
                "3b",
                "northland",
                "let food and medicine pass",
                Modality::Must,
                Some("alder-road"),
                &[Kind::HumanitarianObstruction],
            ),
            provision(
                "4",
                "eastholm",
                "guard the pass and see that the road stays open",
                Modality::Must,
                Some("alder-pass"),
                &[Kind::GuarantorInaction],
            ),
            provision(
                "5",
                "northland rivermark",
                "let the observers go where they wish",
                Modality::Must,
                None,
                &[Kind::MonitorObstruction],
            ),
            provision(
                "6",
                "northland rivermark",
                "hand over prisoners and the dead",
                Modality::Must,
                None,
                &[Kind::DetentionOrNonRelease],
            ),
            provision(
                "7",
                "rivermark",
                "keep a customs post at the eastern mouth",
                Modality::May,
                Some("alder-road"),
                &[],
            ),
        ],
        anchors: Vec::new(),
        sha256: "ab".repeat(32),
    }
}
