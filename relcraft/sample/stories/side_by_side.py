"""Owns the arcs of equals: a colleague from a queue, a junior, a neighbour, a rival turned ally."""

SCRIPT = """\
= Yaw Darko
circle: inner
works: Fenmark Climate Lab | Climate modeller
city: Bristol | Europe/London
email: yaw.darko@fenmark.example
phone: +44 117 496 0327
birthday: 05-23 aged 36
tags: fenmark; climate; running
met: 857 | the queue for soup at the Ghent forum
offers: model code explained with vegetables; running company
seeks: West African rain gauges
notes: We ended up at the same table. Wife Esi, twins Kofi and Ama.
knows: 高瀬 ちひろ; Noémi Barta (weak)
857 event both: Queue for soup in Ghent; forty minutes about dry soils #ghent
856 lunch both: Second day, same table; he drew a model out of carrots #ghent
  < information (felt good) thanked 0 told 422: what a land-surface model does all day
849 message me: The photo of the carrot model
822 video both: He read my code aloud, which hurt, and helped
  < feedback (learned) thanked 1 told 60: my loops turned into something that ends
781 video me: Redrew the figures of his poster
  > help (felt good, learned) thanked 1 told 20: figures for his poster
760 message them: Poster prize in Accra! He named me on stage
  < endorsement (felt good) thanked 0: my name said on a stage in Accra
716 call them: He saw that I was down after the fellowship
655 video both: A monthly call, carrots optional
603 call both: His contract ends in a year; he worries about the twins
486 video both: Practised my interview; he played the grim director #application
  < help (felt good) thanked 1 told 23: two practice interviews
462 message me: "I start at Fenmark in a month!" A row of trumpets back
427 video me: First week told in full; he asked about the canteen
362 call me: A post in our group opens; told him before all others
  > lead big (felt good) thanked 0 told 62: the post at Fenmark, three weeks early
350 email me: My word for him to Nadia Berrada
  > referral big (looked good, felt good) thanked 1 told 49: a page about carrots and care
301 call them: He has it! We both walked up and down while talking
258 event both: Met the family at the station with a hand cart
  > help (felt good) thanked 0: a removal, four floors, no lift
241 coffee both: His first day; desks back to back
229 lunch both: Showed him all the good lunch places
206 meeting both: We split the rain code: he the land, I the statistics
143 meeting both [Chiamaka Obiora]: The run that took nine days takes nine hours
118 dinner both: Esi cooked groundnut soup; the twins climbed me
83 coffee both: Practised how I would ask for the promotion
  < advice (felt good) thanked 1 told 38: "Say the number first, then breathe."
43 drinks both: I lead the group now; he proposed the toast
37 call both: He wants to lead a proposal; I said I would stand behind
24 meeting both: His proposal, second reading
16 coffee both: He sent the proposal; we ate cake in silence
9 message them: Twins have chickenpox; he works at home
2 lunch both: Back, and well; carrots on the table again
+5@12:30 lunch both: Lunch, and news of the proposal
? help asked 490 helped 486 thanked 485: two practice interviews
  chance 50 by message for fenmark
? advice asked 83 helped 83 thanked 82: how to ask for the promotion
  chance 60 by in person for group

= Ifeoma Balogun
circle: close
works: Openwater Trust | Data officer
city: London | Europe/London
email: ifeoma@openwater.example
birthday: 12-11 aged 27
tags: junior; water
met: 706 | intern at Corvane, at the desk by the printer
offers: patience with beginners; maps of London's small rivers
seeks: a mentor for her own juniors; speaking practice
notes: Thanks by passing it on. Ask her about the hidden rivers.
706 lunch them: She asked how one learns statistics after a history degree
  > advice (felt good) thanked 0 told 330: begin with one question that you care about
668 coffee both: Her question: where do London's lost rivers flood?
633 meeting both: First lesson: means, and why not to trust them
  > help (felt good, learned) thanked 1: an hour a week, for a winter of rain
585 coffee both: She found an error in my table; I bought the cake
  < feedback (learned) thanked 0 told 3: a wrong year in my flood table
547 email them: Not chosen for a first post; very quiet letter
546 call me: Told her of my own four letters like that
499 meeting both: Her map of lost rivers is good; said so to Henrike
  > recommendation (felt good, looked good) thanked 1 told 40: to Henrike, for a real contract
459 coffee both: She has the contract; I pack my desk
401 video both: She misses the lessons; we make it monthly
333 video me: The Trust needs somebody who counts, said so to her
287 email both: Her application, fourth version
  > feedback (felt good) thanked 1 told 30: on her application, four versions
255 call them: She starts at the Trust! She cannot sit down
196 lunch both: Her first field day, mud up to the badge
151 video both: She teaches an intern now: Arjun
  ! 21 done 20: send her the old lesson plans
131 email me: The old lesson plans, with the mistakes left in
  > information small (felt good) thanked 0: two years of lesson plans
119 message them: "I did for Arjun what you did for me"
104 coffee both [Arjun Pillai-Hart]: Met Arjun; he explains means just as I did
76 call them: Helps me find data on buried streams
  < information big (felt good, gained credit) thanked 1 told 30: a hundred old sewer maps
20 video both: Practised her talk on lost rivers
+9@18:00 event them: Her first public talk; front row, of course
? information asked 90 agreed 84 helped 76 thanked 75: old maps of buried streams
  chance 40 by email

= Maeve O'Driscoll
circle: close
city: Bristol | Europe/London
phone: +44 117 496 0558
birthday: in 4
tags: neighbours
met: 1092 | lives below me; my bath came through her ceiling
offers: knows half of Bristol by first name; scones
seeks: somebody to carry the coal; a lift to choir on rainy days
notes: Cooked for schools for forty years. No use for my career at all, I thought. Then came the choir.
1092 visit me: Brought a cake for the ceiling; she laughed
  > gift small (felt good) thanked 0: a cake, and the painter
1049 visit me: Carried her coal up; she told of the school kitchens
1001 message them: "Scones. Now."
938 visit both: Her radio is repaired; we heard the shipping forecast
870 visit me: Asked her to water the ferns during Ghent
  < help small thanked 0 told 14: ferns, mail, and one stray cat
776 visit both: She asked what I want to be. Nobody had, in years
706 call me: Her hip; I took her to the hospital, and home
  > help big (felt good) thanked 2: hospital, shopping, six weeks of bins
652 visit both: Walks again, with a stick she calls Gerald
588 visit me: Told her that the first application came to nothing
541 visit both: Drove her to choir in the rain
  > help small (felt good) thanked 0: the lift to choir
528 visit them: An alto's daughter, at Fenmark, looks for someone like me! #application
  < lead big (felt good, looked good) thanked 1 told 63: a post not yet written down anywhere
527 event me: Went to choir to hear them, and to meet the alto
514 visit me: Told her about the coffee with Nadia
465 visit me: I have the job, through an alto. She sang in the hall
390 visit both: Scones; explained Fenmark's director to her
361 dinner me: Cooked for her eightieth, nine altos came
322 event me: Sat in the front row at her solo
207 visit both: Sorted her recipes into a table
  > help (felt good, learned) thanked 0 told 100: 212 recipes, in order at last
146 message them: The radio read one of her recipes on air
99 visit both: Reads the paper about my valley, asks good questions
42 visit me: She told the whole stair that I was promoted
  < endorsement (felt good) thanked 0: my praise on four floors
18 visit both: Coal, scones, and the forecast
3 visit them: She wants no present. She always wants a present
  ! 3: find a present for Maeve: a good torch?

= Rafael Quintanilha
circle: active
works: Varde University | Research fellow
city: Bergen | Europe/Oslo
email: rafael@varde.example
birthday: 03-03
nick: Rafa
tags: climate; models
met: 884 | a hackathon on rain; our teams came first and second
offers: fast code; grant writing; a sofa in Bergen
seeks: clean station data; someone to cook with
notes: He got what I wanted. Best thing that happened to my work.
884 event both: Hackathon: his team first, mine second, by one point
856 event both: He is in Ghent as well, and everybody knows him #ghent
788 message them: We both apply for the Varde fellowship. Awkward coffee plan
779 coffee both: Agreed to wish each other luck, and half meant it
748 email them: He has it. A decent note, and hard to read
744 note me: Envy for three days. Marit says: stay near him
738 email me: Congratulated him, and asked what he will do first
  > information small (felt good) thanked 1 told 30: the gaps I know in the Bergen records
705 email them: Those gaps saved him a month; wrote so
  < feedback thanked 1 told 240: why his essay won, and mine did not
662 video both: First talk without a sting in it
608 email them: Sent his winning text, unasked, for my next try
  < help big (felt good) thanked 1 told 145: the whole winning application
565 video me: Cleaned the coast stations for him
  > help (learned) thanked 1 told 90: forty coast stations, without the typing errors
492 call them: Told me what a panel asks when it is tired
  < advice (felt good) thanked 1 told 29: what a tired panel asks
463 call me: I have Fenmark; he said "finally we can share a map"
395 visit me: His sofa in Bergen, his feijoada
334 meeting both: A plan on the kitchen table: one proposal for two
268 video both: Wrote half a page each, then swapped halves
211 meeting both: Three days in one room; still friends #grant
  > help big (learned, gained credit) thanked 1 told 141: the statistics half of the proposal
  < help big (learned, gained credit) thanked 1 told 141: the model half of the proposal
150 email both: Sent. Our two names in the order of the alphabet #grant
128 message them: Wants me to referee the talk of his student
70 call both: We won! Neither of us could finish a sentence #grant
68 message me: A photo of both hackathon medals, side by side
15 video both: First meeting of the shared project #grant
  ! 17: send Rafael the list of stations
"""
