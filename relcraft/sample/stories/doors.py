"""Owns the arcs of those who opened doors: a mentor, a former boss, and somebody who introduces people."""

SCRIPT = """\
= Marit Solvang
circle: close
works: Varde University | Professor of climatology
city: Bergen | Europe/Oslo
email: marit.solvang@varde.example
birthday: 04-19 aged 64
tags: mentor; climate
met: 1061 | her public lecture on rain in old harbour towns
offers: advice on careers in climate science; referees; polar stories
seeks: someone to read old station notebooks into tables; tenants for the boat house
notes: Takes tea black. Prefers a call to an e-mail. Grandchild Tuva, who wants to code.
knows: Noémi Barta (strong); Sigrid Aune (strong); Rafael Quintanilha
1061 event me: Her lecture; I asked about gaps in the rain records
1058 email me: Thanked her for the lecture, asked what to read first
1055 email them: A reading list of six, and "do call me"
  < information small thanked 1 told 190: six papers to begin with, in order
1031 call me: Told her I want to leave retail data; she laughed kindly
  < advice (felt good) thanked 3 told 580: "Do not start over. Bring what you know."
  ! 14 done 12: read the first two papers
990 coffee both: Coffee at the harbour; she drew the field on a napkin
  < advice big (felt good) thanked 2 told 555: which corners of climate work need analysts
946 email me: Sent her my first map of dry spells
944 email them: The map came back with eleven kind remarks
  < feedback (learned) thanked 1: eleven remarks on my first map
890 video both: She asked what I enjoy; I had no ready answer
866 call them: Two seats left at the Ghent forum: "go, I know the chair"
  < introduction (looked good) thanked 15 told 60: to the chair of the Ghent forum
851 email me: Told her all about Ghent and the queue for soup
801 visit me: Walked round her boat house, talked about courage
742 call both: I did not get the fellowship; she told me of her own three
  < advice small (felt good) thanked 1: "Stay near the one who got it."
690 letter them: A card of the harbour: "Still at it?"
640 video both: Showed her the flood maps for Søren
560 lunch both: Lunch after her seminar; sat with her doctoral students
503 call me: Asked if she would be my referee #application
  < recommendation big (felt good, looked good) thanked 4 told 38: a page and a half to Fenmark
465 call me: I got it. She shouted so loudly that her dog barked
421 dinner both: Dinner to celebrate; I brought the good cheese
352 visit me: Found forty years of station notebooks in her attic
  ! 30 done 28: show her one notebook as a table
324 video me: First notebook done, 1961, she went quiet with joy
  > help (felt good, learned) thanked 1 told 120: one notebook of rain read into a table
268 call both: Six more notebooks; we guess at the handwriting together
  > help big (felt good, learned) thanked 2 told 66: six notebooks, 31,000 days of rain
202 email them: Her paper on the notebooks is accepted, my name on it
  < other (gained credit) thanked 1: my name as second author
160 video both [Sigrid Aune]: With Sigrid about a home for the data
121 coffee both: Tuva joined us; she wants to learn to code
  > advice small (felt good) thanked 0: where a thirteen-year-old can begin
92 message them: Tuva's first program prints the tide
66 call me: Told her of the promotion talk; she asked three questions
  < advice (felt good) thanked 20 told 21: three questions to answer before I ask
44 call me: Promoted. This time she was the one who cried
31 event both: Spoke at her farewell; the whole first row laughed
  > other (felt good, looked good) thanked 1: a speech at her farewell from Varde
6 message them: A photo of the boat house, painted red
+12 visit both: A weekend at the boat house, with the notebooks
? recommendation draft 505 asked 503 helped 503 thanked 499: to be my referee at Fenmark
  chance 40 by call fear impose for fenmark
  why: you know my maps from the first one on
  gain: a former pupil in the field who tells of you
  out: if your name is spoken for, a no is quite all right
? advice asked 66 helped 66 thanked 46: what to say in the promotion talk
  chance 60 by call for group

= Henrike Vossberg
circle: active
works: Corvane Retail | Head of analytics
city: Bristol | Europe/London
email: henrike@corvane.example
birthday: 11-02 aged 52
tags: corvane; boss
met: 2410 | my boss at Corvane for six years
offers: recommendations; how to lead a team; honest numbers
seeks: analysts who write clearly; a speaker for her team day
notes: Direct, and fair. I was afraid to tell her that I was leaving, for nothing.
knows: Karen Lindquist; Karin Lindqvist
1090 meeting them: Yearly talk: "You look bored." I was
1012 lunch both: Told her about the evening course, not about why
935 meeting both: My dry-spell method cut the waste in fresh goods
  > help (looked good): the method, and a week of my evenings
864 meeting me: Asked for four days off for a conference
  < help (felt good) thanked 1: the days, and half of the ticket
733 meeting both: Lost the fellowship; she saw it in my face
650 coffee me: Told her the truth: I want to leave for climate work
  < advice (felt good) thanked 7 told 200: "Leave with a finished thing in your hand."
648 note me: She was not angry. I had rehearsed for two weeks
646 meeting both: Three months at four days a week, for the flood maps
  < help big (felt good) thanked 2 told 86: the part-time months
508 coffee me: Asked if she would recommend me #application
507 call them: Dictated me the letter to hear whether it sounded like me #application
  < recommendation big (felt good, looked good) thanked 6 told 43: "the one I would hire again"
451 drinks both [Gethin Pryce-Howells, Karin Lindqvist]: My last day; Henrike gave the short speech
398 lunch me: How to run a first meeting of my own
344 email them: Looks for an analyst to follow me
  > lead (felt good) thanked 2 told 60: Dmitri, two desks away all the time
283 coffee both: Dmitri shines; she looks rested
237 email them: Could I speak at the team day?
190 event me: Spoke at her team day about rain and shop shelves
  > other (looked good) thanked 1: a talk at her team day
121 call both: She asked me, for once, how one changes fields
  > advice (felt good) thanked 1: what I would do first in her place
  ! 150: ask how her thinking goes
? help draft 664 asked 650 agreed 648 helped 646 thanked 644: three months at four days a week
  chance 20 by in person fear look silly
  why: you can say yes, and you would rather hear it from me
  out: if the team cannot spare me, I stay at five
? recommendation draft 515 asked 508 helped 507 thanked 501: a letter for Fenmark
  chance 30 by in person fear using people for fenmark
  why: six years, and you never said a word you did not mean
  gain: my post goes to somebody whom I will have taught well

= Leila Moradian
circle: close
works: Openwater Trust | Programme manager
city: London | Europe/London
email: leila@openwater.example
phone: +44 20 7946 0182
birthday: 07-30 aged 38
tags: connector; water
met: 968 | at the river-gauge weekend, both of us in wet boots
offers: introductions to anyone who works with water
seeks: volunteers who can count; a second-hand canoe
notes: Asks both sides before she introduces anybody. Learned that from her.
knows: Thabo Mokgethi; Ebbe Kristoffersen (strong)
968 event both [Ebbe Kristoffersen]: River-gauge weekend; Leila and I shared one dry towel
961 message them: The photo of my boots
934 video me: She wanted the gauge readings in one table
  > help (felt good, learned) thanked 1 told 30: three years of readings cleaned
903 coffee both: She knows everybody between Basel and the sea
846 message me: Sent her the Ghent programme with my underlinings
770 coffee both: Talked of what I could do for pay, and by when
713 call me: Looking for a first paid piece of flood work
  ! 3 done 1: send her four lines about me
709 email them: Asked Søren first; he is curious
708 email them [Søren Østerby]: "You two should talk": Leila's introduction
  < introduction big (looked good, felt good) thanked 0 told 25: to Søren Østerby, flood insurance maps
683 call me: Told her that Søren has work for me
640 message me: The first map with my name on it, to her first
568 dinner me: Cooked for her and Søren to say thank you
  > gift (felt good): a dinner of five courses, one of them burnt
557 letter me: What came of it: maps, pay, and a reference
480 coffee both: The Trust loses a third of its money; I ran the numbers
438 email them: Both gauges saved; the numbers did it
372 > introduction (looked good) thanked 1 told 55: to Anselm Reinholt at Fenmark
338 video both: Introduced Ifeoma to her, having asked both
  > introduction (felt good, looked good) thanked 2 told 83: to Ifeoma, who can count
317 email them: Fenmark pays for nine gauges. "You asked first, too!"
255 coffee both: She asked me how I ask. I said: as you taught me
198 message me: Found her a canoe, blue, one careful owner
  > lead small (felt good) thanked 0 told 6: a second-hand canoe
192 event both: First ride in the canoe; only I fell in
120 video them: "Ifeoma counts faster than it rains." I was proud
41 lunch both: She thinks of changing jobs; I listened
  ! 44: send Leila two names, if they agree
? introduction draft 716 asked 713 agreed 709 helped 708 thanked 708: somebody who pays for flood maps
  chance 30 by call fear using people for fenmark to Søren Østerby
  why: you know everybody between Basel and the sea
  gain: the gauge table stays looked after
&< Søren Østerby both 709 made 708 met 706 told 683: flood maps, for pay
  outcome: three months of paid maps, and a reference
& Anselm Reinholt idea 380 first 376 both 374 made 372 told 317: money for river gauges
  outcome: Fenmark pays for nine gauges
"""
