//! Invented persons and the ways their names are written; the same in every run.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::texts::Dice;

/// Work for everybody: pairs to score, and queries for names among many.
#[derive(Debug, Serialize)]
pub(crate) struct Work {
    /// Every other pair is one person in two spellings.
    pub(crate) pairs: Vec<(String, String)>,
    pub(crate) names: Vec<String>,
    /// Whose name each of them is.
    pub(crate) who: Vec<usize>,
    /// Spellings, and whose they are.
    pub(crate) queries: Vec<(String, usize)>,
}

impl Work {
    pub(crate) fn new(pairs: usize, names: usize, queries: usize) -> Self {
        let mut dice = Dice::new(5);
        let pairs = (0..pairs).map(|nth| pair(&mut dice, nth % 2 == 0)).collect();
        let (mut seen, mut made, mut who) = (BTreeSet::new(), Vec::new(), Vec::new());
        while made.len() < names {
            let person = Person::any(&mut dice);
            let name = person.full(&mut dice);
            if seen.insert(name.clone()) {
                made.push(name);
                who.push(person.number());
            }
        }
        let queries = (0..queries).filter_map(|_| {
            let number = *who.get(dice.below(who.len()))?;
            Some((Person::numbered(number).full(&mut dice), number))
        });
        Self { pairs, queries: queries.collect(), names: made, who }
    }
}

fn pair(dice: &mut Dice, same: bool) -> (String, String) {
    let one = Person::any(dice);
    let mut other = if same { one } else { Person::any(dice) };
    // Half of the different ones are of one family: that is where it gets difficult.
    if !same && dice.below(2) == 0 {
        other.family = one.family;
    }
    (one.spelled(dice), other.spelled(dice))
}

/// A person by the places of the names in the lists.
#[derive(Clone, Copy, Debug)]
struct Person {
    given: usize,
    father: usize,
    family: usize,
}

impl Person {
    fn any(dice: &mut Dice) -> Self {
        Self::numbered(dice.below(GIVEN.len() * GIVEN.len() * FAMILY.len()))
    }

    fn numbered(number: usize) -> Self {
        let (rest, family) = (number / FAMILY.len(), number % FAMILY.len());
        Self { given: rest / GIVEN.len(), father: rest % GIVEN.len(), family }
    }

    fn number(self) -> usize {
        (self.given * GIVEN.len() + self.father) * FAMILY.len() + self.family
    }

    /// As somebody writes it; every third time without the father.
    fn spelled(self, dice: &mut Dice) -> String {
        let way = dice.below(WAYS);
        match dice.below(3) {
            0 => format!("{} {}", word(&GIVEN, self.given, way), word(&FAMILY, self.family, way)),
            _ => self.written(way),
        }
    }

    /// With the father: without him many persons share a name.
    fn full(self, dice: &mut Dice) -> String {
        self.written(dice.below(WAYS))
    }

    fn written(self, way: usize) -> String {
        let (given, father) = (word(&GIVEN, self.given, way), word(&GIVEN, self.father, way));
        format!("{given} {father} {}", word(&FAMILY, self.family, way))
    }
}

/// Ways of writing a name.
const WAYS: usize = 5;

fn word(list: &[[&'static str; WAYS]], at: usize, way: usize) -> &'static str {
    list.get(at).and_then(|ways| ways.get(way)).copied().unwrap_or_default()
}

/// Common given names: Arabic, two Latin spellings, Turkish, Hebrew.
const GIVEN: [[&str; WAYS]; 40] = [
    ["محمد", "Muhammad", "Mohamed", "Muhammet", "מוחמד"],
    ["أحمد", "Ahmad", "Ahmed", "Ahmet", "אחמד"],
    ["علي", "Ali", "Aly", "Ali", "עלי"],
    ["حسن", "Hassan", "Hasan", "Hasan", "חסן"],
    ["حسين", "Hussein", "Husain", "Hüseyin", "חוסיין"],
    ["عمر", "Omar", "Umar", "Ömer", "עומר"],
    ["خالد", "Khaled", "Khalid", "Halit", "ח'אלד"],
    ["محمود", "Mahmoud", "Mahmud", "Mahmut", "מחמוד"],
    ["يوسف", "Youssef", "Yousuf", "Yusuf", "יוסף"],
    ["إبراهيم", "Ibrahim", "Ebrahim", "İbrahim", "איברהים"],
    ["مصطفى", "Mustafa", "Moustafa", "Mustafa", "מוסטפא"],
    ["عبد الله", "Abdullah", "Abdallah", "Abdullah", "עבדאללה"],
    ["عبد الرحمن", "Abdulrahman", "Abdel Rahman", "Abdurrahman", "עבד א-רחמן"],
    ["سعيد", "Said", "Saeed", "Sait", "סעיד"],
    ["كريم", "Karim", "Kareem", "Kerim", "כרים"],
    ["طارق", "Tariq", "Tarek", "Tarık", "טארק"],
    ["فيصل", "Faisal", "Faysal", "Faysal", "פייסל"],
    ["ناصر", "Nasser", "Nasir", "Nasır", "נאסר"],
    ["جمال", "Jamal", "Gamal", "Cemal", "ג'מאל"],
    ["ياسر", "Yasser", "Yasir", "Yaser", "יאסר"],
    ["سمير", "Samir", "Sameer", "Semir", "סמיר"],
    ["زياد", "Ziad", "Ziyad", "Ziyad", "זיאד"],
    ["وليد", "Walid", "Waleed", "Velid", "ואליד"],
    ["هاني", "Hani", "Hany", "Hani", "האני"],
    ["رامي", "Rami", "Ramy", "Rami", "ראמי"],
    ["فؤاد", "Fuad", "Fouad", "Fuat", "פואד"],
    ["عدنان", "Adnan", "Adnane", "Adnan", "עדנאן"],
    ["غسان", "Ghassan", "Gassan", "Gassan", "ע'סאן"],
    ["بلال", "Bilal", "Belal", "Bilal", "בילאל"],
    ["إسماعيل", "Ismail", "Esmail", "İsmail", "איסמאעיל"],
    ["فاطمة", "Fatima", "Fatma", "Fatma", "פאטמה"],
    ["عائشة", "Aisha", "Ayesha", "Ayşe", "עאישה"],
    ["خديجة", "Khadija", "Khadijah", "Hatice", "ח'דיג'ה"],
    ["زينب", "Zainab", "Zeinab", "Zeynep", "זיינב"],
    ["مريم", "Maryam", "Mariam", "Meryem", "מרים"],
    ["ليلى", "Layla", "Leila", "Leyla", "לילא"],
    ["سارة", "Sara", "Sarah", "Sara", "שרה"],
    ["نور", "Nour", "Noor", "Nur", "נור"],
    ["هدى", "Huda", "Hoda", "Hüda", "הודא"],
    ["أمينة", "Amina", "Aminah", "Emine", "אמינה"],
];

/// Common family names, written in the same five ways.
const FAMILY: [[&str; WAYS]; 40] = [
    ["الشيباني", "al-Shaibani", "Al Sheibani", "Şeybani", "א-שייבאני"],
    ["الحسيني", "al-Husseini", "Al Hosseini", "Hüseyni", "אל-חוסייני"],
    ["العلي", "al-Ali", "Al Aly", "El Ali", "אל-עלי"],
    ["المصري", "al-Masri", "El Masry", "Masri", "אל-מצרי"],
    ["البغدادي", "al-Baghdadi", "Al Bagdadi", "Bağdadi", "אל-בגדאדי"],
    ["الحلبي", "al-Halabi", "Al Halaby", "Halebi", "אל-חלבי"],
    ["الخطيب", "al-Khatib", "El Khateeb", "Hatip", "אל-ח'טיב"],
    ["النجار", "al-Najjar", "El Naggar", "Neccar", "א-נג'אר"],
    ["الحداد", "al-Haddad", "El Hadad", "Haddad", "אל-חדאד"],
    ["القاسم", "al-Qasim", "Al Kassem", "Kasım", "אל-קאסם"],
    ["الجبوري", "al-Jabouri", "Al Jubouri", "Cuburi", "אל-ג'בורי"],
    ["العبيدي", "al-Obeidi", "Al Ubaidi", "Ubeydi", "אל-עוביידי"],
    ["التميمي", "al-Tamimi", "Al Tamimy", "Temimi", "א-תמימי"],
    ["الزهراني", "al-Zahrani", "Al Zahrany", "Zehrani", "א-זהראני"],
    ["الدوسري", "al-Dosari", "Al Dossary", "Dusari", "א-דוסרי"],
    ["الكردي", "al-Kurdi", "Al Kordi", "Kürdi", "אל-כורדי"],
    ["الصباغ", "al-Sabbagh", "Al Sabagh", "Sabbağ", "א-סבאע'"],
    ["السقا", "al-Saqqa", "El Sakka", "Sakka", "א-סקא"],
    ["الرفاعي", "al-Rifai", "El Refai", "Rıfai", "א-ריפאעי"],
    ["العمري", "al-Omari", "Al Umari", "Ömeri", "אל-עומרי"],
    ["الهاشمي", "al-Hashimi", "Al Hashemi", "Haşimi", "אל-האשמי"],
    ["الفارس", "al-Faris", "Al Fares", "Faris", "אל-פארס"],
    ["الطويل", "al-Tawil", "El Taweel", "Tavil", "א-טוויל"],
    ["الأسود", "al-Aswad", "El Asswad", "Esved", "אל-אסוואד"],
    ["منصور", "Mansour", "Mansoor", "Mansur", "מנסור"],
    ["سليمان", "Suleiman", "Sulayman", "Süleyman", "סולימאן"],
    ["حمدان", "Hamdan", "Hamdane", "Hamdan", "חמדאן"],
    ["عثمان", "Othman", "Uthman", "Osman", "עות'מאן"],
    ["يلماز", "Yilmaz", "Yelmaz", "Yılmaz", "יילמז"],
    ["كايا", "Kaya", "Kayaa", "Kaya", "קאיה"],
    ["دمير", "Demir", "Damir", "Demir", "דמיר"],
    ["شاهين", "Shahin", "Shaheen", "Şahin", "שאהין"],
    ["أوزتورك", "Ozturk", "Oztuerk", "Öztürk", "אוזטורק"],
    ["أيدين", "Aydin", "Aidin", "Aydın", "איידין"],
    ["كوهين", "Cohen", "Kohen", "Kohen", "כהן"],
    ["ليفي", "Levi", "Levy", "Levi", "לוי"],
    ["مزراحي", "Mizrahi", "Mizrachi", "Mizrahi", "מזרחי"],
    ["بيرتس", "Peretz", "Perez", "Perets", "פרץ"],
    ["فريدمان", "Friedman", "Fridman", "Fridman", "פרידמן"],
    ["أزولاي", "Azoulay", "Azulai", "Azulay", "אזולאי"],
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_apart_and_belong_to_their_persons() {
        let work = Work::new(100, 5_000, 200);
        let names: BTreeSet<_> = work.names.iter().collect();
        assert_eq!((names.len(), work.who.len()), (5_000, 5_000));
        assert!(work.names.iter().all(|name| name.split(' ').count() >= 3));
        assert!(work.queries.iter().all(|(_, person)| work.who.contains(person)));
        assert_eq!(Work::new(100, 50, 5).pairs, work.pairs);
        for number in [0, 1, 1_639, 63_999] {
            assert_eq!(Person::numbered(number).number(), number);
        }
    }

    #[test]
    fn every_other_pair_is_one_person() {
        let work = Work::new(400, 1, 0);
        let alike = |(one, other): &(String, String)| {
            let read = |name: &str| diwan_names::encode(name, diwan_names::Kind::Person);
            diwan_names::score(&read(one), &read(other)) > 0.5
        };
        let share =
            |from: usize| work.pairs.iter().skip(from).step_by(2).filter(|p| alike(p)).count();
        assert!(share(0) > 150, "one person: {}", share(0));
        assert!(share(1) < 20, "two persons: {}", share(1));
    }
}
