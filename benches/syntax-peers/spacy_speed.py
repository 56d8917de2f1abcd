"""Speed of a spaCy pipeline (tok2vec, morphologizer, tagger, parser) on one core.

    python -m spacy convert -c conllu -n 10 en_ewt-ud-train.conllu DIR    # and dev
    python -m spacy init config DIR/c.cfg --lang en --pipeline morphologizer,tagger,parser --optimize efficiency
    python -m spacy train DIR/c.cfg --output DIR/out --paths.train … --paths.dev … --training.max_steps 300
    OMP_NUM_THREADS=1 python spacy_speed.py DIR/out/model-last RAW_TEXT_FILE

Speed does not depend on how long it was trained; accuracy does, so none is given.
"""
import sys
import time

import spacy

nlp = spacy.load(sys.argv[1])
paragraphs = [it for it in open(sys.argv[2], encoding="utf8").read().split("\n\n") if it.strip()]
list(nlp.pipe(paragraphs[:20]))
best = float("inf")
for _ in range(3):
    began = time.process_time()
    docs = list(nlp.pipe(paragraphs, batch_size=64))
    best = min(best, time.process_time() - began)
words = sum(len(it) for it in docs)
print(f"spaCy {spacy.__version__}: {words} tokens, {words / best:.0f} per second of processor time")
