#!/usr/bin/env python3
"""Writes articles/ and gold.json from the coding below. Python 3.11, standard library only.

Four reports about one more invented ceasefire, written on 22 November 2026 like those of ../practice and not looked at
by anybody who worked on the reader before their first run. Since then they are seen.
"""
import hashlib, json, os

os.chdir(os.path.dirname(os.path.abspath(__file__)))
P1='ostmark-2029'; P2='none'
PROV={P1:{'armed_attack':'1','shelling_or_strike':'1','mine_or_ied':'1','harm_to_civilians':'1','non_withdrawal':'2','new_position':'2','movement_obstruction':'3','humanitarian_obstruction':'3','detention_or_non_release':'4','monitor_obstruction':'5','refusal_of_talks':'6'}}
A=[]
def art(n,pack,outlet,date,head,body,claims,pre='',post=''): A.append((n,pack,outlet,date,head,body,claims,pre,post))
O,L,B,M,S='ostmark','league','brennia','monitors','suvia'
art('01_toll-gazette.txt',P1,'Toll Gazette','2029-07-09','Barges burn on Heron Canal as accord frays',
"""Two grain barges were set on fire on the Heron Canal on Saturday night and a bargeman drowned, the Ostmark army said, accusing the Lowland League of strangling the only waterway to the coast.

The League said the barges had been hit by rockets from an Ostmark helicopter.

"They burn the bread of their own people and then point at us," its spokesman, Pieter Amsel, told reporters in Osier.

Brennia, which brokered the Fenwick Accord last month, called on the League to guarantee the safety of the canal and on Ostmark to keep its aircraft on the ground.

Its envoy said she was disturbed by reports that Lowland fighters had been stopping barges at Stave Bridge and taking a third of their cargo.

Amsel acknowledged that tolls were being levied at the bridge. The money, he said, went to the hospital in Osier.

Ostmark was to have pulled its garrison out of Marl by 20 June. Three weeks on, some 400 junta troops are still in the town, according to the Fenwick Monitoring Team.

Foreign Minister Jorun Hald said the garrison would leave once the League had handed over the nine officers it has been holding since spring.""",
[('alleges',O,L,'movement_obstruction','accusing the Lowland League of strangling the only waterway to the coast'),
('alleges',L,O,'shelling_or_strike','the barges had been hit by rockets from an Ostmark helicopter'),
('alleges',L,O,'harm_to_civilians','They burn the bread of their own people'),
('demands',B,L,'movement_obstruction','called on the League to guarantee the safety of the canal'),
('demands',B,O,'airspace_or_surveillance','on Ostmark to keep its aircraft on the ground'),
('concern',B,L,'movement_obstruction','she was disturbed by reports that Lowland fighters had been stopping barges at Stave Bridge and taking a third of their cargo'),
('acknowledges',L,L,'movement_obstruction','Amsel acknowledged that tolls were being levied at the bridge'),
('justifies',L,L,'movement_obstruction','The money, he said, went to the hospital in Osier'),
('reports',M,O,'non_withdrawal','some 400 junta troops are still in the town'),
('pledges',O,O,'non_withdrawal','the garrison would leave once the League had handed over the nine officers'),
('alleges',O,L,'detention_or_non_release','the nine officers it has been holding since spring')])
art('02_voice-of-karnburg.txt',P1,'Voice of Karnburg','2029-07-10','League mines kill four farm workers near Marl',
"""KARNBURG - Four farm workers lost their lives on Monday when a mine planted by Lowland rebels blew up beneath their tractor near Marl, the military government announced.

It was the seventh such outrage since the so-called accord was signed, the announcement said.

The army has strictly abided by the Fenwick Accord and will go on doing so, Chief of Staff Rolf Dane declared.

Dane denied that his artillery had shelled Osier on Sunday, calling the claim a fairy tale spread by the rebels' patrons in Suvia.

He charged Suvia with flying rifles and radios to the League by night.

The foreign ministry complained that the League has boycotted the joint committee twice in a row.

The junta demanded that the Monitoring Team name the culprits of the Marl blast without delay.""",
[('alleges',O,L,'mine_or_ied','a mine planted by Lowland rebels blew up beneath their tractor near Marl'),
('credits',O,O,'non_fulfilment','The army has strictly abided by the Fenwick Accord'),
('pledges',O,O,'non_fulfilment','will go on doing so'),
('denies',O,O,'shelling_or_strike','Dane denied that his artillery had shelled Osier on Sunday'),
('alleges',O,S,'arms_or_troop_movement','flying rifles and radios to the League by night'),
('alleges',O,L,'refusal_of_talks','the League has boycotted the joint committee twice in a row'),
('demands',O,M,None,'demanded that the Monitoring Team name the culprits of the Marl blast')])
art('03_lowland-free-press.txt',P1,'Lowland Free Press','2029-07-10','Osier under the guns again',
"""For two hours on Sunday junta artillery pounded the market quarter of Osier, leaving three dead and a school in ruins, residents and League officials said.

The shelling came a day after junta soldiers had rounded up thirty men in Marl and driven them off in trucks, Amsel said. Nothing has been heard of them since.

He called the arrests "a slap in the face of the accord" and said talks would be pointless until the men were back.

The League has cleared every mine it laid along the canal, he insisted, and the Monitoring Team had seen it done.

The Team's head, Ane Lund, confirmed that the clearing had been completed. She added that her people had been kept from entering Marl by an army roadblock on Monday.

Suvia voiced anger at the bombardment and said the junta was trampling on its signature.

Hald brushed off the protest. No gun had been fired, he said, and the thirty men were being questioned about smuggling.""",
[('alleges',L,O,'shelling_or_strike','junta artillery pounded the market quarter of Osier'),
('alleges',L,O,'detention_or_non_release','junta soldiers had rounded up thirty men in Marl and driven them off in trucks'),
('condemns',L,O,'detention_or_non_release','He called the arrests "a slap in the face of the accord"'),
('pledges',L,L,'refusal_of_talks','talks would be pointless until the men were back'),
('credits',L,L,'mine_or_ied','The League has cleared every mine it laid along the canal'),
('credits',M,L,'mine_or_ied','the clearing had been completed'),
('alleges',M,O,'monitor_obstruction','her people had been kept from entering Marl by an army roadblock on Monday'),
('condemns',S,O,'shelling_or_strike','Suvia voiced anger at the bombardment'),
('alleges',S,O,'non_fulfilment','the junta was trampling on its signature'),
('denies',O,O,'shelling_or_strike','No gun had been fired'),
('acknowledges',O,O,'detention_or_non_release','the thirty men were being questioned about smuggling')])
art('04_meridian-wire.txt',P1,'Meridian Wire','2029-07-12','Ostmark, League trade blame as committee meets',
"""TOLL (Meridian Wire) - Ostmark and the Lowland League blamed each other on Thursday for the sinking of a hospital barge, hours before the joint committee was to meet for the first time in a month.

Eleven patients died when the barge went down near Stave Bridge on Wednesday. Survivors spoke of a drone. The Monitoring Team said it could not yet tell who was responsible.

The League holds the bridge and had promised safe passage, Hald said; it must answer for every one of the dead.

Amsel said an Ostmark drone had circled over the barge for half an hour before it dived. He urged Brennia "to stop counting and start acting".

Brennia's foreign ministry rejected the rebuke and said it had protested to Ostmark three times this month over its flights.

Ostmark has since freed six of the thirty men arrested in Marl, the Team confirmed.

A senior Ostmark official, speaking on condition of anonymity, conceded that a drone had been in the area but maintained that it was unarmed.

Both sides agreed to keep their forces two kilometres away from the canal, a Brennian diplomat said after the meeting.""",
[('alleges',O,L,'harm_to_civilians','Ostmark and the Lowland League blamed each other on Thursday for the sinking of a hospital barge'),
('alleges',L,O,'harm_to_civilians','Ostmark and the Lowland League blamed each other on Thursday for the sinking of a hospital barge'),
('alleges',O,L,'non_fulfilment','it must answer for every one of the dead'),
('alleges',L,O,'airspace_or_surveillance','an Ostmark drone had circled over the barge for half an hour before it dived'),
('demands',L,B,'guarantor_inaction','He urged Brennia "to stop counting and start acting"'),
('denies',B,B,'guarantor_inaction',"Brennia's foreign ministry rejected the rebuke"),
('alleges',B,O,'airspace_or_surveillance','it had protested to Ostmark three times this month over its flights'),
('credits',M,O,'detention_or_non_release','Ostmark has since freed six of the thirty men arrested in Marl'),
('acknowledges',O,O,'airspace_or_surveillance','conceded that a drone had been in the area'),
('pledges',O,O,'arms_or_troop_movement','Both sides agreed to keep their forces two kilometres away from the canal'),
('pledges',L,L,'arms_or_troop_movement','Both sides agreed to keep their forces two kilometres away from the canal')])
def build():
    out=[]
    for n,pack,outlet,date,head,body,claims,pre,post in A:
        text=head+'\n\n'+body+'\n'; open('articles/'+n,'w').write(text); raw=text.encode()
        d=date; segs=[dict(kind='headline',start=0,end=len(head)),dict(kind='body',start=len(head)+2,end=len(text)-1)]
        cl=[]
        for i,(st,who,acc,kind,ev) in enumerate(claims,1):
            a=text.index(ev); assert text.find(ev,a+1)<0,(n,ev)
            pr=PROV[pack].get(kind); pr=[pr] if pr and acc else []
            if kind=='non_fulfilment' : pr=[]
            cl.append(dict(id=f'{n[:2]}.c{i}',stance=st,claimant=who,accused=acc,claimant_actor=who,accused_actor=acc,kind=kind,provisions=pr,date=None,place=None,evidence=ev,start=a,end=a+len(ev),evidence_more=[],label=None,scope=None,statements=[],answers=[],alt={},note=None))
        out.append(dict(id=n[:2],file=n,sha256=hashlib.sha256(raw).hexdigest(),characters=len(text),agreement=pack,outlet=outlet,outlet_external=None,url=None,text_basis='invented',published=dict(value=d,precision='day',basis='stated',anchor=None,accept=[],reasoning=''),text_credit=None,picture_credit=None,credit_alt={},credit_note=None,segments=segs,not_body=[],statements=[],statements_optional=[],claims=cl,claims_optional=[]))
    sides={x for a in out for c in a['claims'] for x in (c['claimant'],c['accused'])}-{None}
    g=dict(format='trucewatch-gold/1',basis='invented',notice='Everything is invented: countries, towns, persons, outlets, agencies, and every quotation. These are no news.',about='Claims only, by the codebook. Offsets are Unicode code points into the article file, end exclusive. Made by make_gold.py.',agreements=[dict(id=p,pack=f'packs/{p}/agreement.toml') for p in (P1,)],actors=[dict(id=s,side=s,kind='state') for s in sorted(sides)],articles=out,reuse=[],lineages=[],lineage_notes=[],lookalikes=[])
    json.dump(g,open('gold.json','w'),ensure_ascii=False,indent=1); print(sum(len(a['claims']) for a in out))
build()
