//! What texts name, in three languages.

use diwan_read::{Source, read};
use insta::assert_snapshot;

/// Every mention of a text on a line: kind, words, what it is.
fn told(text: &str, published: Option<&str>) -> String {
    let source = Source {
        id: "one".to_owned(),
        raw: text.to_owned(),
        published: published.map(str::to_owned),
        ..Source::default()
    };
    let (readings, _) = read(&[source]).unwrap();
    let page = &readings[0].page;
    let lines = readings[0].mentions.iter().map(|mention| {
        let what = [&mention.entity, &mention.value, &mention.holder];
        let what: Vec<&str> = what.into_iter().flatten().map(String::as_str).collect();
        format!("{:?} {} = {}", mention.kind, page.at(mention.span), what.join(" "))
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn english() {
    let text = "Kenyan Foreign Minister Amina Odhiambo met her Peruvian counterpart, Luis Quispe, in Nairobi on Sunday. \
        Odhiambo said the two would meet again in April.";
    assert_snapshot!(told(text, Some("2025-03-11")), @r"
    Country Kenyan = c:KEN
    Role Foreign Minister = p:amina_odhiambo
    Person Amina Odhiambo = p:amina_odhiambo
    Country Peruvian = c:PER
    Role counterpart = p:luis_quispe
    Person Luis Quispe = p:luis_quispe
    Place Nairobi = l:gn184745
    Date Sunday = 2025-03-09
    Person Odhiambo = p:amina_odhiambo
    Date April = 2025-04
    ");
}

#[test]
fn arabic() {
    let text = "التقى وزير الداخلية العراقي سالم الجبوري في بغداد يوم الأحد الماضي وفدا من الأردن.";
    assert_snapshot!(told(text, Some("2025-03-11")), @r"
    Role وزير الداخلية = p:سالم_الجبوري
    Country العراقي = c:IRQ
    Person سالم الجبوري = p:سالم_الجبوري
    Place بغداد = l:gn98182
    Date الأحد الماضي = 2025-03-09
    Country الأردن = c:JOR
    ");
}

#[test]
fn turkish() {
    let text = "İçişleri Bakanı Orhan Yıldız, 9 Mart'ta Bağdat'ta Iraklı heyetle görüştü.";
    assert_snapshot!(told(text, Some("2025-03-11")), @r"
    Role İçişleri Bakanı = p:orhan_yildiz
    Person Orhan Yıldız = p:orhan_yildiz
    Date 9 Mart = 2025-03-09
    Place Bağdat = l:gn98182
    Country Iraklı = c:IRQ
    ");
}

/// The dates of a text that appeared on Thursday 10 April 2025.
fn days(text: &str) -> String {
    let told = told(text, Some("2025-04-10"));
    let days = told.lines().filter_map(|line| line.strip_prefix("Date "));
    days.collect::<Vec<_>>().join("; ")
}

#[test]
fn a_day_two_days_off_is_counted() {
    assert_eq!(
        days("The convoy leaves the day after tomorrow."),
        "day after tomorrow = 2025-04-12"
    );
    assert_eq!(days("It left the day before yesterday."), "day before yesterday = 2025-04-08");
    assert_eq!(days("ويبدأ الضخ بعد غد السبت."), "بعد غد السبت = 2025-04-12");
    assert_eq!(
        days("Heyet öbür gün Bağdat'a gidecek ve yeni bakanla bir görüşme yapacak."),
        "öbür gün = 2025-04-12"
    );
}

#[test]
fn a_place_one_goes_to_is_nothing_to_come() {
    assert_eq!(days("The envoy travelled to Caracas on 31 October."), "31 October = 2024-10-31");
    assert_eq!(days("The envoy is to travel to Caracas on 31 October."), "31 October = 2025-10-31");
    let text = "He is due to meet Peruvian President Luis Quispe in the capital, Lima, on Tuesday.";
    assert_eq!(days(text), "Tuesday = 2025-04-15");
}

#[test]
fn a_week_beside_a_weekday_says_which() {
    assert_eq!(
        days("The envoys met on Tuesday last week and will meet on Monday next week in Nairobi."),
        "Tuesday last week = 2025-04-01; Monday next week = 2025-04-14"
    );
    assert_eq!(
        days("The president is to hold talks with the envoy in Nairobi on Tuesday."),
        "Tuesday = 2025-04-15"
    );
    assert_eq!(
        days("Birlik, geçen hafta salı günü limanda bir tekneye el koydu ve arama sürüyor."),
        "geçen hafta salı günü = 2025-04-01"
    );
    assert_eq!(
        days("Yeni bakanın pazartesi günü göreve başlaması bekleniyor, tören kısa olacak."),
        "pazartesi günü = 2025-04-14"
    );
    assert_eq!(
        days("Olaylar geçen yıl temmuzda başladı ve şubatta sona erdi, dedi."),
        "geçen yıl = 2024; temmuzda = 2024-07; şubatta = 2025-02"
    );
}

#[test]
fn what_stands_beside_a_name_says_what_it_is() {
    assert_eq!(
        told(
            "Milan Petrov, deputy leader of Nova Zarja, resigned. The villages of Belograd and Ostrovan are quiet.",
            None
        ),
        "Person Milan Petrov = p:milan_petrov\n\
         Role deputy leader = p:milan_petrov\n\
         Organisation Nova Zarja = o:nova_zarja\n\
         Place Belograd = l:belograd\n\
         Place Ostrovan = l:ostrovan"
    );
}

#[test]
fn without_a_day_of_publication_relative_dates_stay_open() {
    let text = "The ministers met in Amman on Sunday. Trade reopened on 8 December 2024 and grew last month.";
    assert_snapshot!(told(text, None), @r"
    Place Amman = l:gn250441
    Date Sunday = 
    Date 8 December 2024 = 2024-12-08
    Date last month = 
    ");
}

#[test]
fn one_person_has_one_id_in_three_scripts() {
    let texts = [
        "Defence Minister Selim Karaman spoke in Ankara.",
        "قال وزير الدفاع سليم كرمان إن الحدود آمنة.",
        "Savunma Bakanı Selim Karaman Ankara'da konuştu.",
    ];
    let sources: Vec<Source> = texts
        .iter()
        .enumerate()
        .map(|(nth, text)| Source {
            id: nth.to_string(),
            raw: (*text).to_owned(),
            ..Source::default()
        })
        .collect();
    let (readings, _) = read(&sources).unwrap();
    let ids: Vec<_> = readings
        .iter()
        .map(|reading| {
            let person =
                |mention: &&diwan_read::Mention| mention.kind == diwan_read::MentionKind::Person;
            reading.mentions.iter().find(person).and_then(|mention| mention.entity.clone()).unwrap()
        })
        .collect();
    assert_eq!(ids[0], ids[1]);
    assert_eq!(ids[0], ids[2]);
}
