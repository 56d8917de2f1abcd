#!/usr/bin/env python3
"""Builds gold.json for the Alder example from the coding beside it. Python 3.11, standard library only.

    python3 make_gold.py            writes gold.json
    python3 make_gold.py --verify   exits with 1 if gold.json is not what this file and the articles say

Nothing here holds an offset: every coded span is given by its words and found in the article. Words that are not
there, or there more than once, stop the script; context is then added around them. The coding is in coding.py.

Everything is invented: countries, towns, persons, outlets, agencies, and every quotation.
"""
import hashlib, json, os, sys, tomllib

from coding import ARTICLES, LINEAGES, LOOKALIKES, NOTES, PAIRS

HERE = os.path.dirname(os.path.abspath(__file__))
PACK = os.path.join(HERE, '..', '..', 'agreements', 'alder-2031', 'agreement.toml')
STANCES = 'reports alleges denies acknowledges justifies demands concern condemns pledges credits'.split()
KINDS = ('armed_attack shelling_or_strike mine_or_ied arms_or_troop_movement non_withdrawal new_position movement_obstruction '
         'humanitarian_obstruction harm_to_civilians detention_or_non_release monitor_obstruction guarantor_inaction '
         'airspace_or_surveillance refusal_of_talks hostile_propaganda recruitment sexual_violence unilateral_step non_fulfilment').split()
SEGMENTS = 'headline subhead byline dateline body caption credit crosshead teaser navigation other'.split()
REUSE = 'verbatim edited quote_variant framing_swap paraphrase'.split()
READ = ('headline', 'subhead', 'crosshead', 'body')

# Speakers who are not in the pack: id -> (side, kind).
OTHERS = {
    'northland-and-rivermark': ('northland|rivermark', 'collective'),
    'rivermark-staff-source': ('rivermark', 'person'),
    'northland-liaison-officer': ('northland', 'person'),
    'millbrook-mayor': ('millbrook-mayor', 'government-body'),
    'drivers': ('drivers', 'public'),
    'traders': ('traders', 'public'),
    'father': ('father', 'person'),
    'judge-marsh': ('weir-court', 'person'),
    'lake-council-secretary': ('lake-council', 'person'),
    'outlet': ('outlet', 'outlet'),
}


class Wrong(Exception):
    pass


def find(text, words, where):
    """The one place of `words` in `text`."""
    at = text.find(words)
    if at < 0:
        raise Wrong(f'{where}: not in the text: {words!r}')
    if text.find(words, at + 1) >= 0:
        raise Wrong(f'{where}: more than once in the text: {words!r}')
    return at


def marked(text, annotated, where, marks):
    """Spans of the marked parts of `annotated`, by mark: {'<': (start, end), …}."""
    plain, spans, open_at = '', {}, {}
    closing = {c: o for o, c in marks}
    for ch in annotated:
        if any(ch == o for o, _ in marks):
            if ch in spans or ch in open_at:
                raise Wrong(f'{where}: {ch} twice in {annotated!r}')
            open_at[ch] = len(plain)
        elif ch in closing:
            spans[closing[ch]] = (open_at.pop(closing[ch]), len(plain))
        else:
            plain += ch
    if open_at:
        raise Wrong(f'{where}: {list(open_at)} is not closed in {annotated!r}')
    at = find(text, plain, where)
    return {k: (at + a, at + b) for k, (a, b) in spans.items()}, (at, at + len(plain))


def span_of(text, evidence, where):
    spans, whole = marked(text, evidence, where, ['<>'])
    return spans.get('<', whole)


def article(pack, sides, name, outlet, published, segments, statements, claims, text_credit=None, picture_credit=None, note=None):
    raw = open(os.path.join(HERE, 'articles', name), 'rb').read()
    text = raw.decode('utf-8')
    number = name[:2]
    side = lambda x: None if x is None else sides[x]
    kinds_at, spans, at = [None] * len(text), [], 0
    for kind, first, *last in segments:
        if kind not in SEGMENTS:
            raise Wrong(f'{name}: segment {kind}')
        start = text.find(first, at)
        stop = text.find(last[0], start) if last else start
        if start < 0 or stop < 0:
            raise Wrong(f'{name}: no segment {kind} {first!r} {last}')
        at = stop + len(last[0] if last else first)
        spans.append(dict(kind=kind, start=start, end=at))
        kinds_at[start:at] = [kind] * (at - start)
    left = [i for i, k in enumerate(kinds_at) if k is None and not text[i].isspace()]
    if left:
        raise Wrong(f'{name}: no segment for {text[left[0]:left[0] + 60]!r}')

    def in_body(where, start, end):
        if any(k != 'body' for k in kinds_at[start:end] if k):
            raise Wrong(f'{where}: outside the body: {text[start:end]!r}')

    res = dict(id=number, file=name, sha256=hashlib.sha256(raw).hexdigest(), characters=len(text), agreement=pack['id'], outlet=outlet,
               outlet_external=None, url=None, text_basis='invented', published=published, text_credit=text_credit,
               picture_credit=picture_credit, credit_alt={}, credit_note=note, segments=spans,
               not_body=[text[s['start']:s['end']] for s in spans if s['kind'] not in READ],
               statements=[], statements_optional=[], claims=[], claims_optional=[])
    for credit in (text_credit, picture_credit):
        if credit is not None and credit not in text:
            raise Wrong(f'{name}: credit {credit!r}')
    for i, s in enumerate(statements, 1):
        where = f'{number}.q{i}'
        got, _ = marked(text, s['annotated'], where, ['[]', '{}', '<>'])
        if '<' not in got:
            raise Wrong(f'{where}: no content')
        cut = lambda key: text[slice(*got[key])] if key in got else None
        (a, b), cue, source = got['<'], got.get('{', (None, None)), got.get('[', (None, None))
        in_body(where, a, b)
        alt = []
        if s['alt']:
            x, y = span_of(text, s['alt'], where)
            alt = [dict(text=text[x:y], start=x, end=y)]
        res['statements_optional' if s['optional'] else 'statements'].append(dict(
            id=where, source=cut('['), source_start=source[0], source_end=source[1], actor=s['actor'], side=side(s['actor']), cue=cut('{'),
            cue_start=cue[0], cue_end=cue[1], content=text[a:b], start=a, end=b, mode=s['mode'], addressee=s['to'], chain=s['chain'],
            content_alt=alt, note=s['note']))
    known = {x['id'] for x in res['statements'] + res['statements_optional']}
    provisions = {x['id'] for x in pack['provision']}
    for i, c in enumerate(claims, 1):
        where = f'{number}.c{i}'
        if c['stance'] not in STANCES or c['kind'] not in [*KINDS, None] or not set(c['provisions']) <= provisions:
            raise Wrong(f'{where}: {c["stance"]} {c["kind"]} {c["provisions"]}')
        a, b = span_of(text, c['evidence'], where)
        more = [dict(text=text[x:y], start=x, end=y) for x, y in (span_of(text, m, where) for m in c['more'])]
        for x, y in [(a, b), *((m['start'], m['end']) for m in more)]:
            in_body(where, x, y)
        for words in (c['label'], c['scope'], c['place']):
            if words is not None and words not in text:
                raise Wrong(f'{where}: not in the text: {words!r}')
        st = [f'{number}.{q}' for q in c['q']]
        if not set(st) <= known:
            raise Wrong(f'{where}: {st}')
        answers = [dict(claim=x if '.' in x else f'{number}.{x}', how=how, scope=scope, note=None) for x, how, scope in c['answers']]
        res['claims_optional' if c['optional'] else 'claims'].append(dict(
            id=where, stance=c['stance'], claimant=side(c['claimant']), accused=side(c['accused']), claimant_actor=c['claimant'],
            accused_actor=c['accused'], kind=c['kind'], provisions=c['provisions'], date=c['date'], place=c['place'], evidence=text[a:b],
            start=a, end=b, evidence_more=more, label=c['label'], scope=c['scope'], statements=st, answers=answers, alt=c['alt'], note=c['note']))
    return res, text


def build():
    pack = tomllib.load(open(PACK, 'rb'))
    actors = {a['id']: (a.get('side', a['id']), a['kind']) for a in pack['actor']} | OTHERS
    sides = {k: v[0] for k, v in actors.items()}
    out, texts = [], {}
    for it in ARTICLES:
        res, texts[it['name']] = article(pack, sides, **it)
        out.append(res)
    ids = {c['id'] for a in out for c in a['claims'] + a['claims_optional']}
    for a in out:
        for c in a['claims'] + a['claims_optional']:
            for x in c['answers']:
                if x['claim'] not in ids:
                    raise Wrong(f"{c['id']}: answers {x['claim']}, which is not there")
    by_number = {n[:2]: n for n in texts}
    reuse = []
    for i, (kind, alt, a, words_a, b, words_b, changes) in enumerate(PAIRS, 1):
        a, b = by_number[a], by_number[b]
        words_b = words_b or words_a
        x, y = find(texts[a], words_a, f'r{i}'), find(texts[b], words_b, f'r{i}')
        if kind not in REUSE or (kind == 'verbatim') != (words_a == words_b and not changes):
            raise Wrong(f'r{i}: {kind}')
        reuse.append(dict(id=f'r{i}', kind=kind, kind_alt=alt, a=a, b=b, quote_a=words_a, quote_b=words_b, a_start=x, a_end=x + len(words_a),
                          b_start=y, b_end=y + len(words_b), changes=changes))
    used = {x for a in out for s in a['statements'] + a['statements_optional'] for x in [s['actor']]}
    used |= {x for a in out for c in a['claims'] + a['claims_optional'] for x in (c['claimant_actor'], c['accused_actor'])} - {None}
    return dict(
        format='trucewatch-gold/1', basis='invented',
        notice='Everything is invented: countries, towns, persons, outlets, agencies, and every quotation. These are no news.',
        about='Hand-made coding by the codebook and its settled cases. Offsets are Unicode code points into the article file, end exclusive. '
              'Made by make_gold.py.',
        agreements=[dict(id=pack['id'], pack='../../agreements/alder-2031/agreement.toml')],
        actors=[dict(id=k, side=v[0], kind=v[1]) for k, v in actors.items() if k in used or k not in OTHERS],
        articles=out, reuse=reuse, lineages=[[by_number[n] for n in x] for x in LINEAGES], lineage_notes=NOTES,
        lookalikes=LOOKALIKES)


def main():
    path = os.path.join(HERE, 'gold.json')
    try:
        gold = build()
    except Wrong as err:
        sys.exit(f'make_gold.py: {err}')
    text = json.dumps(gold, ensure_ascii=False, indent=1) + '\n'
    if '--verify' in sys.argv[1:]:
        if open(path, encoding='utf-8').read() != text:
            sys.exit('make_gold.py: gold.json is not what the coding says; run make_gold.py')
        print('gold.json agrees with the coding and the articles')
        return
    open(path, 'w', encoding='utf-8').write(text)
    arts = gold['articles']
    count = lambda key: sum(len(a[key]) for a in arts)
    print(f"{len(arts)} articles, {count('statements')} statements (+{count('statements_optional')}), {count('claims')} claims "
          f"(+{count('claims_optional')}), {len(gold['reuse'])} reuse pairs, {len(gold['lineages'])} lineages")


if __name__ == '__main__':
    main()
