"""A plain CRF over words and shapes, on the split of truce-syntax's names.

    cargo run -p truce-syntax --example columns -- ../shared/eval OUT
    cd OUT && python crf.py      # needs python-crfsuite
"""
import re

import pycrfsuite
def read(p):
    out=[];s=[];l=[];m=True
    for line in open(p,encoding='utf8'):
        line=line.rstrip('\n')
        if not line:
            if s: out.append((s,l,m))
            s,l=[],[]; continue
        a,b,c=line.split('\t'); s.append(a); l.append(b); m=c=='1'
    if s: out.append((s,l,m))
    return out
def shape(w):
    t=''.join('X' if c.isupper() else 'x' if c.isalpha() else 'd' if c.isdigit() else c for c in w)
    return re.sub(r'(.)\1+',r'\1\1',t)[:8]
def feats(s):
    out=[]
    for i,w in enumerate(s):
        f=['b','w='+w,'l='+w.lower(),'s3='+w[-3:],'s2='+w[-2:],'p3='+w[:3],'sh='+shape(w)]
        for k in (-2,-1,1,2):
            j=i+k
            if 0<=j<len(s): f+=['%d:l='%k+s[j].lower(),'%d:sh='%k+shape(s[j])]
            else: f.append('%d:edge'%k)
        if i>0: f.append('pp='+s[i-1].lower()+'|'+w.lower())
        if i+1<len(s): f.append('nn='+w.lower()+'|'+s[i+1].lower())
        out.append(f)
    return out
def spans(l):
    out=[];i=0
    while i<len(l):
        if l[i]=='O': i+=1; continue
        k=l[i][2:]; j=i+1
        while j<len(l) and l[j]=='I-'+k: j+=1
        out.append((i,j,k)); i=j
    return out
for train in ('wg_train','all_train'):
    data=read(train+'.tsv')
    t=pycrfsuite.Trainer(verbose=False,algorithm='lbfgs')
    for s,l,m in data: t.append(feats(s),l)
    t.set_params({'c1':0.05,'c2':0.05,'max_iterations':80,'feature.possible_transitions':True})
    t.train(train+'.crf'); g=pycrfsuite.Tagger(); g.open(train+'.crf')
    for test in ('wg_test','un_test','re_test'):
        R=G=F=S=0
        for s,l,m in read(test+'.tsv'):
            ok=lambda x: m or x[2]!='MISC'
            a=set(filter(ok,spans(l))); b=set(filter(ok,spans(g.tag(feats(s)))))
            R+=len(a&b);G+=len(a);F+=len(b); S+=len({x[:2] for x in a}&{x[:2] for x in b})
        print(train,test,'F1 %.4f spans %.4f of %d'%(2*R/(G+F),2*S/(G+F),G),flush=True)
