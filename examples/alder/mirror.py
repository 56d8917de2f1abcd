#!/usr/bin/env python3
"""Neutrality: exchanges the parties' names in the reports and the pack and compares the two records.
Python 3, standard library only.

    python3 examples/alder/mirror.py PROGRAM     (target/debug/trucewatch)

Statements and claims of the mirrored run must be those of the plain run with the names exchanged. Every difference is
printed; exit status 1 if there is one.
"""
import collections, json, os, re, subprocess, sys, tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
PACK = os.path.join(HERE, '..', '..', 'agreements', 'alder-2031')
PAIRS = {'northland': 'rivermark', 'northport': 'ostra'}
OTHER = {**PAIRS, **{b: a for a, b in PAIRS.items()}}


def mirror(text):
    """The text with the names exchanged, each in the case of the one it replaces."""
    def one(match):
        old = match.group()
        new = OTHER[old.lower()]
        return new.upper() if old.isupper() else new.capitalize() if old[0].isupper() else new
    return re.sub('|'.join(OTHER), one, text, flags=re.I)


def copy(source, target, change):
    os.makedirs(target)
    for name in sorted(os.listdir(source)):
        raw = open(os.path.join(source, name), 'rb').read()
        try:
            text, encoding = raw.decode('utf-8'), 'utf-8'
        except UnicodeDecodeError:
            text, encoding = raw.decode('cp1252'), 'cp1252'
        # A file keeps its name: the order of reports is none of the reader's business.
        open(os.path.join(target, name), 'wb').write(change(text).encode(encoding))


def run(program, folder, change):
    copy(os.path.join(HERE, 'articles'), os.path.join(folder, 'articles'), change)
    copy(PACK, os.path.join(folder, 'alder-2031'), change)
    out = os.path.join(folder, 'out')
    done = subprocess.run([program, 'brief', os.path.join(folder, 'articles'), '--agreement', os.path.join(folder, 'alder-2031'), '--out', out, '--quiet'],
                          capture_output=True, text=True)
    if done.returncode > 1:
        sys.exit(f'mirror.py: {program} ended with {done.returncode}: {done.stderr.strip()}')
    return json.load(open(os.path.join(out, 'record.json'), encoding='utf-8'))


def said(record, change):
    """What the record says, without ids and offsets, which the lengths of the names move."""
    names = {a['id']: os.path.basename(a['path']) for a in record['articles']}
    word = lambda x: change(x) if isinstance(x, str) else x
    res = collections.Counter()
    for s in record['statements']:
        res[('statement', names[s['article']], word(s['source']['actor']), s['mode'], word(s['content']['exact']))] += 1
    for c in record['claims']:
        when = (c['time'] or {}).get('value')
        res[('claim', names[c['article']], c['stance'], word(c['claimant']), word(c['accused']), c['kind'], ','.join(c['provisions']), when,
             word(c['evidence'][0]['exact']))] += 1
    return res


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory() as folder:
        plain = said(run(sys.argv[1], os.path.join(folder, 'plain'), lambda x: x), mirror)
        turned = said(run(sys.argv[1], os.path.join(folder, 'turned'), mirror), lambda x: x)
    for sign, items in (('only in the plain run, mirrored', plain - turned), ('only in the mirrored run', turned - plain)):
        for it in sorted(items, key=str):
            print(f'{sign}:', *it, sep=' | ')
    print(f'{sum((plain & turned).values())} of {sum(plain.values())} statements and claims have their mirror image')
    sys.exit(plain != turned)


if __name__ == '__main__':
    main()
