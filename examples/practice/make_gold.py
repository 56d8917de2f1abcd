#!/usr/bin/env python3
"""Writes articles/ and gold.json from the coding below. Python 3.11, standard library only.

Eight reports about two invented ceasefires, written on 22 November 2026 by somebody who knew the codebook and did not
look at the reader's rules while writing, to see how the reader fares on wars that it was not developed on. Claims
only: stance, claimant, accused, kind and words. Since the first run its misses were read, so it is seen.
"""
import hashlib, json, os

os.chdir(os.path.dirname(os.path.abspath(__file__)))
P1='karsova-2033'; P2='porthale-2030'
PROV={P1:{'armed_attack':'1','shelling_or_strike':'1','mine_or_ied':'1','harm_to_civilians':'1','non_withdrawal':'2','humanitarian_obstruction':'3','movement_obstruction':'3','detention_or_non_release':'4','monitor_obstruction':'5','recruitment':'6','arms_or_troop_movement':'6','new_position':'6','hostile_propaganda':'7','guarantor_inaction':'8'},
P2:{'armed_attack':'1','shelling_or_strike':'1','mine_or_ied':'1','harm_to_civilians':'1','non_withdrawal':'2','new_position':'2','airspace_or_surveillance':'3','movement_obstruction':'4','humanitarian_obstruction':'4','detention_or_non_release':'5','refusal_of_talks':'6','monitor_obstruction':'7'}}
A=[]
def art(n,pack,outlet,date,head,body,claims,pre='',post=''): A.append((n,pack,outlet,date,head,body,claims,pre,post))
K,F,T,O,J='karsova','ashir-front','tarsland','oron','jvm'
art('01_karsova-state-agency.txt',P1,'KarPress','2033-03-14','Bandits shell Mara clinic, says army command',
'''VELM, March 14 (KarPress) - Terrorists of the so-called Ashir Front rained mortar bombs on the town of Mara overnight, wounding a nurse and setting the clinic ablaze, the army command in Velm reported on Monday.

Eleven breaches of the Dol Declaration by the Front were registered in the past twenty-four hours, according to the command. Among them it listed sniper fire at a checkpoint near Tessin and the planting of two roadside bombs on the Dol road.

"Our soldiers held their fire, as they have every day since the declaration came into force," Colonel Ruvan Ostek, who speaks for the command, told journalists.

Ostek brushed aside rebel allegations that a helicopter gunship had struck Kettle Ridge. "No aircraft of ours left the ground," he said.

The government also faults the Front for hauling howitzers back into the Ashir Hills under cover of darkness, and wants the Joint Verification Mission to say so in public.

Interior Minister Lena Vash, for her part, pointed out that 34 Karsovan hostages had still not come home, although the deadline ran out eleven days ago.''',
[('alleges',K,F,'shelling_or_strike','rained mortar bombs on the town of Mara overnight'),
('alleges',K,F,'non_fulfilment','Eleven breaches of the Dol Declaration by the Front were registered in the past twenty-four hours'),
('alleges',K,F,'armed_attack','sniper fire at a checkpoint near Tessin'),
('alleges',K,F,'mine_or_ied','the planting of two roadside bombs on the Dol road'),
('credits',K,K,'armed_attack','Our soldiers held their fire, as they have every day since the declaration came into force'),
('denies',K,K,'shelling_or_strike','brushed aside rebel allegations that a helicopter gunship had struck Kettle Ridge'),
('alleges',F,K,'shelling_or_strike','a helicopter gunship had struck Kettle Ridge'),
('alleges',K,F,'arms_or_troop_movement','hauling howitzers back into the Ashir Hills under cover of darkness'),
('alleges',K,F,'detention_or_non_release','34 Karsovan hostages had still not come home')])
art('02_hills-radio.txt',P1,'Radio Free Hills','2033-03-14','Gunships over Kettle Ridge, four farmers dead',
'''Four farmers died on Sunday when gunships of the Velm regime emptied their rockets over Kettle Ridge, the Ashir Front said.

The Front's military council, in a message read out on this station, spoke of "a massacre in broad daylight" and vowed that the blood of the four would not be forgotten.

It said that government forces had moved three tank companies up to Tessin since Thursday and had bulldozed a new trench line there.

"They signed in Dol and they lied in Dol," said Commander Sael, the council's chairman, who put the blame squarely on President Deel.

About the fire at the Mara clinic Sael said his fighters had no mortars within reach of the town. He did concede that a Front patrol had stopped two government lorries near Mara and taken their drivers along, "because they carried ammunition under the flour."

Both drivers would be handed over to the Mission this week, he promised.

People in Tessin, reached by telephone, told of shells landing all through Saturday night, though none could say whose they were.''',
[('alleges',F,K,'shelling_or_strike','gunships of the Velm regime emptied their rockets over Kettle Ridge'),
('condemns',F,K,'harm_to_civilians','spoke of "a massacre in broad daylight"'),
('alleges',F,K,'arms_or_troop_movement','government forces had moved three tank companies up to Tessin since Thursday'),
('alleges',F,K,'new_position','had bulldozed a new trench line there'),
('alleges',F,K,'non_fulfilment','They signed in Dol and they lied in Dol'),
('denies',F,F,'shelling_or_strike','his fighters had no mortars within reach of the town'),
('acknowledges',F,F,'detention_or_non_release','a Front patrol had stopped two government lorries near Mara and taken their drivers along'),
('justifies',F,F,'detention_or_non_release','because they carried ammunition under the flour'),
('pledges',F,F,'detention_or_non_release','Both drivers would be handed over to the Mission this week')])
art('03_brehm-courier.txt',P1,'Brehm Courier','2033-03-15','Monitors turned back as Karsova truce wobbles',
'''Monitors of the Joint Verification Mission were turned back at gunpoint by Karsovan soldiers on the Dol road on Monday, the mission said, a day after both camps traded charges over the deaths of four farmers.

In a statement the mission complained that it had now been kept out of Kettle Ridge for a third time this month and called upon the Karsovan government to honour its signature.

It also faulted the Ashir Front, whose fighters, it said, had fired warning shots over the heads of an observer team near Tessin on Friday.

Tarsland, which brokered the declaration, is alarmed. Foreign Minister Ute Brandis said she was gravely concerned at the air strikes and at the mortar attack on Mara, and urged Karsova and the Front to lay down their arms.

She would not say whether Tarsland held the Front responsible for Mara.

A Karsovan government spokesman, Dario Penn, acknowledged that the monitors had been stopped, but said the road was closed for their own safety after mines had been found there.

The rebels said the real reason was that the army wanted no witnesses.

Since early March no more than nine of the sixty aid lorries that the declaration provides for each week have been let through, according to the relief agency Open Hands, which blamed red tape in Velm.''',
[('alleges',J,K,'monitor_obstruction','Monitors of the Joint Verification Mission were turned back at gunpoint by Karsovan soldiers on the Dol road on Monday'),
('alleges',J,K,'monitor_obstruction','it had now been kept out of Kettle Ridge for a third time this month'),
('demands',J,K,'non_fulfilment','called upon the Karsovan government to honour its signature'),
('alleges',J,F,'armed_attack','had fired warning shots over the heads of an observer team near Tessin on Friday'),
('concern',T,None,'shelling_or_strike','she was gravely concerned at the air strikes and at the mortar attack on Mara'),
('demands',T,K,'armed_attack','urged Karsova and the Front to lay down their arms'),
('demands',T,F,'armed_attack','urged Karsova and the Front to lay down their arms'),
('acknowledges',K,K,'monitor_obstruction','acknowledged that the monitors had been stopped'),
('justifies',K,K,'monitor_obstruction','the road was closed for their own safety after mines had been found there'),
('alleges',F,K,'monitor_obstruction','the real reason was that the army wanted no witnesses'),
('alleges','open-hands',K,'humanitarian_obstruction','no more than nine of the sixty aid lorries that the declaration provides for each week have been let through')])
art('04_oron-daily.txt',P1,'Oron Daily','2033-03-16','Guarantors under fire over Karsova',
'''ORON CITY: The Ashir Front has accused Oron and Tarsland, the two guarantors of the Dol Declaration, of sitting on their hands while Karsovan helicopters hunt farmers in the hills.

"A guarantor who guarantees nothing is a spectator," its envoy abroad, Nadim Terek, told this newspaper on Tuesday.

Oron rejected the reproach. Its foreign ministry said it had raised the matter of the flights with Velm "at the highest level" and expected an answer by the weekend.

Karsova's ambassador, Hela Brunn, said her country was fulfilling the declaration to the letter. It was the rebels, she went on, who had pressed sixteen-year-olds into their ranks and who were holding teachers in a camp near Tessin.

Terek called that "pure invention". The Front has never recruited a single minor, he said.

Asked about the heavy weapons that were to leave the Dol road by 17 February, the ambassador conceded that "a handful" of army guns were still inside the zone; mud, she said, had made it impossible to tow them away.

The Front for its part still keeps some forty mortars there, the monitors estimate.

Oron's opposition urged the government to stop arming Karsova.''',
[('alleges',F,O,'guarantor_inaction','of sitting on their hands while Karsovan helicopters hunt farmers in the hills'),
('alleges',F,T,'guarantor_inaction','of sitting on their hands while Karsovan helicopters hunt farmers in the hills'),
('condemns',F,O,'guarantor_inaction','A guarantor who guarantees nothing is a spectator'),
('denies',O,O,'guarantor_inaction','Oron rejected the reproach'),
('credits',K,K,'non_fulfilment','her country was fulfilling the declaration to the letter'),
('alleges',K,F,'recruitment','who had pressed sixteen-year-olds into their ranks'),
('alleges',K,F,'detention_or_non_release','who were holding teachers in a camp near Tessin'),
('denies',F,F,'recruitment','The Front has never recruited a single minor'),
('acknowledges',K,K,'non_withdrawal','"a handful" of army guns were still inside the zone'),
('justifies',K,K,'non_withdrawal','mud, she said, had made it impossible to tow them away'),
('reports',J,F,'non_withdrawal','The Front for its part still keeps some forty mortars there')])
art('05_live.txt',P1,'Wirepoint Live','2033-03-18','Karsova truce: as it happened',
'''16:40 - The Front has released the two lorry drivers it seized near Mara, the Joint Verification Mission confirms. The men are in good health.

15:05 - Karsova suspends its part in the monitoring commission "until the gunfire at Mara ends", Penn tells reporters in Velm.

14:30 - Explosions heard in Tessin. Pro-government channels say the Front is blowing up bridges; the Front says army artillery is pounding the market. Neither account could be verified.

13:10 - Rebel envoy Terek: "If one more shell falls on the hills, we shall consider the declaration dead." Velm calls the threat blackmail.

12:20 - Tarsland deplores what it describes as Karsova's repeated strikes on inhabited places and says flights over the hills must stop at once.

11:45 - A Karsovan officer has been shot dead near Kettle Ridge, the army says, blaming a rebel sniper. The Front has not commented.''',
[('reports',J,F,'detention_or_non_release','The Front has released the two lorry drivers it seized near Mara'),
('alleges',K,F,'armed_attack','until the gunfire at Mara ends'),
('alleges','pro-government-channels',F,'armed_attack','the Front is blowing up bridges'),
('alleges',F,K,'shelling_or_strike','army artillery is pounding the market'),
('condemns',T,K,'shelling_or_strike',"deplores what it describes as Karsova's repeated strikes on inhabited places"),
('demands',T,K,'airspace_or_surveillance','flights over the hills must stop at once'),
('alleges',K,F,'armed_attack','A Karsovan officer has been shot dead near Kettle Ridge, the army says, blaming a rebel sniper')])
L,Q,H,S='lanta','quern','hale-group','sea-mission'
art('06_quern-times.txt',P2,'Oldmouth Times','2030-11-04','Lantan marines still on the Gulls, Oldmouth protests',
'''Nearly a month after they were due to leave, Lantan marines are still dug in on the Gull Islets, Quern's foreign ministry protested on Monday.

The ministry summoned the Lantan ambassador and handed him a note in which the continued occupation is described as "a breach of the Port Hale Protocol that nothing can excuse".

The note further complains of drones: on 29, 30 and 31 October, it says, Lantan unmanned aircraft crossed the Narrows and circled over Sandby for hours.

Three Quernish trawlers were rammed by a Lantan patrol boat off Cape Thorn on Saturday, the coastguard reported. One of them sank; its crew of five was picked up.

Lanta denied any collision. A naval spokesman in Meris said the trawlers had run into each other in the fog while fishing illegally in Lantan waters.

As for the islets, the spokesman said, the marines would leave as soon as Quern had cleared the mines it laid around them, something the protocol obliges it to do.

Quern maintains it never laid any.''',
[('alleges',Q,L,'non_withdrawal','Lantan marines are still dug in on the Gull Islets'),
('condemns',Q,L,'non_withdrawal','the continued occupation is described as "a breach of the Port Hale Protocol that nothing can excuse"'),
('alleges',Q,L,'airspace_or_surveillance','Lantan unmanned aircraft crossed the Narrows and circled over Sandby for hours'),
('alleges',Q,L,'armed_attack','Three Quernish trawlers were rammed by a Lantan patrol boat off Cape Thorn on Saturday'),
('denies',L,L,'armed_attack','Lanta denied any collision'),
('pledges',L,L,'non_withdrawal','the marines would leave as soon as Quern had cleared the mines it laid around them'),
('alleges',L,Q,'mine_or_ied','the mines it laid around them'),
('denies',Q,Q,'mine_or_ied','Quern maintains it never laid any')])
art('07_meris-post.txt',P2,'Meris Post','2030-11-05','Quern keeps ferries in port',
'''MERIS — For the ninth day running Quern has barred the island ferry from the Narrows, cutting 4,000 Lantans off from the mainland, Lanta's transport minister Ines Corvo said yesterday.

"Old people cannot get to their doctors. This is a blockade, whatever name Oldmouth gives it," she told parliament.

Corvo demanded that the Hale Group step in, and warned that Lanta would escort the ferry with warships from Friday.

Defence ministry officials said a Lantan lookout on Cape Thorn came under machine-gun fire from a Quernish cutter on Sunday night; nobody was hurt. They rejected Quern's complaint about drones as absurd, saying that the aircraft seen over Sandby were "weather balloons, and not even ours".

Quern has refused to attend the joint commission since September, and of the 21 sailors it was to free it has freed six, the officials added.

In Oldmouth a government source said the ferry had been stopped because soldiers in plain clothes were travelling on it.

Lanta has kept every promise it made in Port Hale, Corvo said.''',
[('alleges',L,Q,'movement_obstruction','For the ninth day running Quern has barred the island ferry from the Narrows'),
('condemns',L,Q,'movement_obstruction','This is a blockade, whatever name Oldmouth gives it'),
('demands',L,H,None,'demanded that the Hale Group step in'),
('alleges',L,Q,'armed_attack','a Lantan lookout on Cape Thorn came under machine-gun fire from a Quernish cutter on Sunday night'),
('denies',L,L,'airspace_or_surveillance',"rejected Quern's complaint about drones as absurd"),
('alleges',L,Q,'refusal_of_talks','Quern has refused to attend the joint commission since September'),
('alleges',L,Q,'detention_or_non_release','of the 21 sailors it was to free it has freed six'),
('acknowledges',Q,Q,'movement_obstruction','the ferry had been stopped'),
('justifies',Q,Q,'movement_obstruction','because soldiers in plain clothes were travelling on it'),
('credits',L,L,'non_fulfilment','Lanta has kept every promise it made in Port Hale')])
art('08_wire.txt',P2,'Global Wire','2030-11-06','Hale Group chides both sides in Narrows dispute',
'''PORT HALE (Global Wire) - Mediators rebuked Lanta and Quern on Wednesday for what they called a steady erosion of the September protocol and appealed to both to keep warships away from the Narrows.

Lanta must quit the Gull Islets without conditions, and Quern must let the ferry sail, the Hale Group said after a six-hour session.

The Strait Observer Mission has counted 41 incidents since the protocol took effect, 23 of which it ascribes to Lanta and 18 to Quern. In a report seen by Global Wire it says that Lantan gunners opened up on a Quernish buoy tender on 22 October, and that Quern twice refused the observers access to the naval base at Sandby.

Quern's envoy, Maro Fenn, disputed the second finding. The observers had come unannounced at night, he told reporters, and were let in the next morning.

Lanta's delegation left the hall without a word.

A defence official in Meris, who asked not to be named, later admitted that the shots at the tender had been fired "in error" and said the gun crew had been punished.

The islands have changed hands four times in the past century.''',
[('condemns',H,L,'non_fulfilment','rebuked Lanta and Quern on Wednesday for what they called a steady erosion of the September protocol'),
('condemns',H,Q,'non_fulfilment','rebuked Lanta and Quern on Wednesday for what they called a steady erosion of the September protocol'),
('demands',H,L,'arms_or_troop_movement','appealed to both to keep warships away from the Narrows'),
('demands',H,Q,'arms_or_troop_movement','appealed to both to keep warships away from the Narrows'),
('demands',H,L,'non_withdrawal','Lanta must quit the Gull Islets without conditions'),
('demands',H,Q,'movement_obstruction','Quern must let the ferry sail'),
('reports',S,L,'non_fulfilment','has counted 41 incidents since the protocol took effect, 23 of which it ascribes to Lanta and 18 to Quern'),
('reports',S,Q,'non_fulfilment','has counted 41 incidents since the protocol took effect, 23 of which it ascribes to Lanta and 18 to Quern'),
('alleges',S,L,'armed_attack','Lantan gunners opened up on a Quernish buoy tender on 22 October'),
('alleges',S,Q,'monitor_obstruction','Quern twice refused the observers access to the naval base at Sandby'),
('denies',Q,Q,'monitor_obstruction','disputed the second finding'),
('acknowledges',L,L,'armed_attack','the shots at the tender had been fired "in error"')])
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
    g=dict(format='trucewatch-gold/1',basis='invented',notice='Everything is invented: countries, towns, persons, outlets, agencies, and every quotation. These are no news.',about='Claims only, by the codebook. Offsets are Unicode code points into the article file, end exclusive. Made by make_gold.py.',agreements=[dict(id=p,pack=f'packs/{p}/agreement.toml') for p in (P1,P2)],actors=[dict(id=s,side=s,kind='state') for s in sorted(sides)],articles=out,reuse=[],lineages=[],lineage_notes=[],lookalikes=[])
    json.dump(g,open('gold.json','w'),ensure_ascii=False,indent=1); print(sum(len(a['claims']) for a in out))
build()
