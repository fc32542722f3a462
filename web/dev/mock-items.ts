// The exercise content of the pretended node.
import type * as T from "../src/api/types.ts";

const iso = (ms: number) => new Date(ms).toISOString().replace(/\.\d+Z/, "Z");
let seed = 7;
const chance = () => {
  seed = (seed * 1103515245 + 12345) % 2147483648;
  return seed / 2147483648;
};
const hex = (n: number) =>
  Array.from({ length: n }, () => Math.floor(chance() * 16).toString(16)).join("");
const HOUR = 3_600_000;
const START = Date.now();

export const PARTNERS: T.Partner[] = [
  {
    id: "JOR",
    names: { en: "Jordan", ar: "الأردن", tr: "Ürdün", ku: "Urdun", ckb: "ئوردن" },
    capital: { en: "Amman", ar: "عمّان", tr: "Amman" },
  },
  {
    id: "SYR",
    names: { en: "Syria", ar: "سوريا", tr: "Suriye", ku: "Sûriye", ckb: "سووریا" },
    capital: { en: "Damascus", ar: "دمشق", tr: "Şam" },
  },
  {
    id: "IRQ",
    names: { en: "Iraq", ar: "العراق", tr: "Irak", ku: "Iraq", ckb: "عێراق" },
    capital: { en: "Baghdad", ar: "بغداد", tr: "Bağdat" },
  },
  {
    id: "TUR",
    names: { en: "Türkiye", ar: "تركيا", tr: "Türkiye", ku: "Tirkiye", ckb: "تورکیا" },
    capital: { en: "Ankara", ar: "أنقرة", tr: "Ankara" },
  },
  {
    id: "LBN",
    names: { en: "Lebanon", ar: "لبنان", tr: "Lübnan", ku: "Lubnan", ckb: "لوبنان" },
    capital: { en: "Beirut", ar: "بيروت", tr: "Beyrut" },
  },
];

type Seed = [
  kind: string,
  category: string,
  en: string,
  ar: string,
  lon: number,
  lat: number,
  hours: number,
  from: string,
  tlp?: T.Tlp,
  precedence?: T.Precedence,
];
const SEEDS: Seed[] = [
  [
    "report",
    "threat-warning",
    "Two men seen filming the fence near the Jaber crossing",
    "شوهد رجلان يصوّران السياج قرب معبر جابر",
    36.21,
    32.53,
    1,
    "JOR",
    "AMBER",
    "FLASH",
  ],
  [
    "report",
    "smuggling-attempt",
    "Drone with a package crossed north of Ramtha",
    "طائرة مسيّرة تحمل طردًا عبرت شمال الرمثا",
    36.03,
    32.6,
    5,
    "JOR",
    "AMBER",
    "PRIORITY",
  ],
  [
    "report",
    "attack",
    "Patrol fired on south of Rutba",
    "إطلاق نار على دورية جنوب الرطبة",
    40.28,
    32.9,
    9,
    "IRQ",
    "AMBER",
    "IMMEDIATE",
  ],
  [
    "report",
    "arrest",
    "Courier arrested with forged papers in Al-Qaim",
    "توقيف ناقل بأوراق مزوّرة في القائم",
    41.09,
    34.37,
    20,
    "IRQ",
    "GREEN",
  ],
  [
    "report",
    "thwarted-plot",
    "Plan against a bus station in Gaziantep stopped before it began",
    "إحباط مخطط ضد محطة حافلات في غازي عنتاب",
    37.38,
    37.06,
    27,
    "TUR",
    "AMBER",
    "PRIORITY",
  ],
  [
    "report",
    "armed-clash",
    "Exchange of fire in the desert west of Palmyra",
    "تبادل إطلاق نار في البادية غرب تدمر",
    37.9,
    34.55,
    33,
    "SYR",
    "AMBER+STRICT",
    "IMMEDIATE",
  ],
  [
    "report",
    "movement",
    "Eight vehicles moving at night along the T2 track",
    "ثماني مركبات تتحرك ليلًا على طريق T2",
    40.2,
    34.3,
    38,
    "SYR",
    "AMBER",
  ],
  [
    "report",
    "displacement",
    "Forty families on the road from Deir ez-Zor",
    "أربعون عائلة على الطريق من دير الزور",
    40.14,
    35.33,
    46,
    "SYR",
    "GREEN",
  ],
  [
    "report",
    "incitement",
    "New recruitment channel names a camp by its blocks",
    "قناة تجنيد جديدة تسمّي مخيمًا بأقسامه",
    41.22,
    36.38,
    51,
    "IRQ",
    "AMBER",
  ],
  [
    "report",
    "border-incident",
    "Fence cut over 30 metres east of Rabia",
    "قطع السياج بطول ثلاثين مترًا شرق ربيعة",
    42.2,
    36.8,
    58,
    "IRQ",
    "AMBER",
  ],
  [
    "report",
    "statement",
    "Joint statement after the meeting in Amman",
    "بيان مشترك بعد اجتماع عمّان",
    35.93,
    31.95,
    70,
    "JOR",
    "CLEAR",
  ],
  [
    "report",
    "violation",
    "Convoy without papers stopped at Tanf",
    "إيقاف قافلة بلا أوراق في التنف",
    38.62,
    33.5,
    80,
    "JOR",
    "AMBER",
  ],
  [
    "report",
    "smuggling-attempt",
    "Pills hidden in stone slabs, about 240 kg, bound for the south by way of a warehouse whose owner has changed three times in one year",
    "حبوب مخبأة في ألواح حجر",
    36.6,
    32.35,
    90,
    "JOR",
    "AMBER",
  ],
  [
    "site",
    "crossing",
    "Nassib / Jaber crossing",
    "معبر نصيب / جابر",
    36.2,
    32.54,
    2,
    "JOR",
    "GREEN",
  ],
  [
    "site",
    "crossing",
    "Al-Qaim / Bukamal crossing",
    "معبر القائم / البوكمال",
    41.0,
    34.4,
    3,
    "IRQ",
    "GREEN",
  ],
  [
    "site",
    "crossing",
    "Rabia / Yarubiyah crossing",
    "معبر ربيعة / اليعربية",
    42.07,
    36.81,
    60,
    "IRQ",
    "GREEN",
  ],
  [
    "site",
    "detention-site",
    "Prison at Al-Hasakah",
    "سجن الحسكة",
    40.75,
    36.5,
    12,
    "SYR",
    "AMBER+STRICT",
  ],
  ["site", "camp", "Al-Hol camp", "مخيم الهول", 41.15, 36.37, 14, "SYR", "AMBER"],
  [
    "site",
    "reception-centre",
    "Reception centre at Mafraq",
    "مركز استقبال المفرق",
    36.2,
    32.34,
    6,
    "JOR",
    "GREEN",
  ],
  ["site", "substation", "Deir Ali substation", "محطة دير علي", 36.3, 33.28, 8, "SYR", "GREEN"],
  [
    "site",
    "pipeline",
    "Arab Gas Pipeline, Rehab valve",
    "خط الغاز العربي، صمام رحاب",
    36.09,
    32.32,
    30,
    "JOR",
    "GREEN",
  ],
  [
    "meeting",
    "",
    "Meeting of the five in Amman",
    "اجتماع الدول الخمس في عمّان",
    35.92,
    31.96,
    72,
    "JOR",
    "CLEAR",
  ],
  [
    "commitment",
    "open",
    "One operations centre to coordinate against ISIS",
    "مركز عمليات واحد للتنسيق ضد داعش",
    0,
    0,
    72,
    "JOR",
    "CLEAR",
  ],
  [
    "commitment",
    "late",
    "Each names a contact point for smuggling cases",
    "كل دولة تسمّي نقطة اتصال لقضايا التهريب",
    0,
    0,
    72,
    "JOR",
    "CLEAR",
  ],
  [
    "commitment",
    "met",
    "Second round to be held in Türkiye",
    "عقد الجولة الثانية في تركيا",
    0,
    0,
    72,
    "TUR",
    "CLEAR",
  ],
  ["flow", "", "Return flow through Jaber, week 11", "", 36.2, 32.54, 40, "JOR", "GREEN"],
];

const label = (tlp: T.Tlp): T.Label => ({
  tlp,
  handling: "H1",
  orcon: tlp !== "CLEAR",
  purpose: ["counter-isis", "border-security"],
  legal_basis: "agreement",
  review: "2027-03-09",
  state: "exercise",
});

function bodyOf([kind, category, en, ar, lon, lat, hours]: Seed): T.Body | null {
  const title = { en, ...(ar ? { ar } : {}) };
  const at = iso(START - hours * HOUR);
  const place = {
    name: { en: en.split(" near ")[1] ?? "Border sector 3", ar: "القطاع الحدودي ٣" },
    lon,
    lat,
  };
  if (kind === "report")
    return {
      title,
      category: category as T.ReportCategory,
      when: { start: at, precision: "minute" },
      place: { ...place, radius_m: 500 },
      narrative: {
        en: `${en}. A patrol followed to the wadi and lost contact after dark. Two witnesses agree on the time, not on the number.`,
        ar: `${ar}. تبعت الدورية الأثر حتى الوادي ثم انقطع بعد حلول الظلام.`,
      },
      actors: ["unknown group", "خلية الصحراء"],
      quantities: [{ what: "vehicles", amount: 2, unit: "pieces" }],
      grade: { reliability: "B", credibility: "2" },
      sources: [
        {
          outlet: "Petra",
          title: "Border guards thwart attempt",
          url: "https://petra.gov.jo/",
          published: at,
        },
      ],
    };
  if (kind === "site")
    return {
      name: title,
      class: category as T.SiteClass,
      place,
      operator: "Ministry of Interior",
      capacity: { amount: 1200, unit: "persons a day" },
    };
  if (kind === "meeting")
    return {
      name: title,
      round: 1,
      when: { start: at, precision: "day" },
      place: { ...place, name: { en: "Amman", ar: "عمّان" } },
      participants: [
        { party: "JOR", office: "Foreign minister" },
        { party: "SYR", office: "Foreign minister" },
        { party: "IRQ", office: "Intelligence chief" },
        { party: "TUR", office: "Defence minister" },
        { party: "LBN", office: "Chief of staff" },
      ],
      agenda: [
        { en: "Operations centre", ar: "مركز عمليات" },
        { en: "Smuggling of drugs and arms", ar: "تهريب المخدرات والسلاح" },
      ],
      outcomes: [{ en: "A joint operations centre is set up", ar: "إنشاء مركز عمليات مشترك" }],
      statement: title,
      sources: [],
    };
  if (kind === "commitment")
    return {
      text: title,
      by: category === "met" ? ["TUR"] : ["JOR", "SYR", "IRQ", "TUR", "LBN"],
      to: ["JOR"],
      due: iso(START + (category === "late" ? -9 : 20) * 24 * HOUR).slice(0, 10),
      firmness: "agreed",
      measure: { en: "Named in writing" },
      state: category as T.CommitmentState,
      evidence: [],
      sources: [],
    };
  return null;
}

const STATES: T.SiteState[] = ["open", "restricted", "closed", "unknown"];

function heldOf(seed: Seed, id: string, n: number): T.Held {
  const [kind, , , , , , hours, from, tlp = "GREEN"] = seed;
  const ours = from === "JOR";
  return {
    digest: hex(64),
    item: id,
    kind,
    originator: from,
    version: n === 1 ? 2 : 1,
    variant: 0,
    superseded: false,
    ours,
    label: label(tlp),
    made_at: iso(START - hours * HOUR + 600_000),
    received: iso(START - hours * HOUR + 700_000),
    author_role: "analyst",
    body: bodyOf(seed),
    languages: ["en", "ar"],
    checked: { signature: "good", key: `${from} release 4f2a91c07be3d410` },
    whereabouts: ours ? { releases: [] } : null,
    ...(ours ? {} : { held_under: { onward: [] } }),
  };
}

export function makeItems(): Map<T.ItemId, T.Item> {
  const items = new Map<T.ItemId, T.Item>();
  SEEDS.forEach((seed, n) => {
    const [kind, category, en, ar, lon, lat, hours, from, tlp = "GREEN", precedence = "ROUTINE"] =
      seed;
    const id = hex(32);
    const ours = from === "JOR";
    const held = heldOf(seed, id, n);
    const records = [held];
    if (n === 1) records.push({ ...held, digest: hex(64), version: 1, superseded: true });
    if (n === 2)
      records.push({
        ...heldOf(seed, id, n),
        originator: "JOR",
        ours: true,
        whereabouts: { releases: [] },
      });
    const site = kind === "site";
    const statuses: T.Held[] = site
      ? [0, 1, 2].map((back) => ({
          ...heldOf(seed, id, n),
          kind: "site-status",
          body: {
            site: id,
            state: STATES[(n + back) % 3] ?? "open",
            for_whom: { en: "Lorries with papers", ar: "شاحنات بأوراق" },
            occupancy: { amount: 840 - back * 60, unit: "persons" },
            staff: 42,
            as_of: iso(START - (hours + back * 24) * HOUR),
            stale_after: iso(START - (hours - 24) * HOUR),
            remark: { en: "Queue on the northern side" },
          },
        }))
      : [];
    items.set(id, {
      item: id,
      state: "exercise",
      kind,
      title: { en, ...(ar ? { ar } : {}) },
      ...(lon
        ? { place: { name: { en: "Border sector 3", ar: "القطاع الحدودي ٣" }, lon, lat } }
        : {}),
      at: iso(START - hours * HOUR),
      received: iso(START - hours * HOUR + 700_000),
      originator: from,
      tlp,
      precedence,
      ...(category ? { category } : {}),
      ...(site ? { status: STATES[n % 3] ?? "open", stale: hours > 24 } : {}),
      disputed: n === 3,
      records,
      notes:
        n === 3
          ? [
              {
                ...heldOf(seed, id, n),
                kind: "note",
                originator: "TUR",
                body: {
                  about: id,
                  sort: "dispute",
                  text: {
                    tr: "Evrakın sahte olduğu doğrulanmadı; bizde geçerli görünüyor.",
                    en: "The papers are not confirmed as forged; they look valid to us.",
                  },
                },
              },
            ]
          : [],
      statuses,
      messages:
        n === 0
          ? [
              {
                ...heldOf(seed, id, n),
                kind: "message",
                originator: "IRQ",
                body: { about: id, text: { ar: "هل لديكم صورة للمركبة؟" } },
              },
            ]
          : [],
      related: [],
      actions: { correct: ours, release: ours, recall: ours, note: true, message: true },
    });
  });
  const meeting = [...items.values()].find((each) => each.kind === "meeting");
  for (const each of items.values())
    if (meeting && each.kind === "commitment") {
      const {
        records: _r,
        notes: _n,
        statuses: _s,
        messages: _m,
        related: _x,
        actions: _a,
        ...one
      } = each;
      meeting.related.push(one);
      (each.records[0]?.body as T.CommitmentBody).meeting = meeting.item;
    }
  return items;
}
