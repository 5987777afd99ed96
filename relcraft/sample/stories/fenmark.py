"""Owns the people of the imagined user's new work."""

SCRIPT = """\
= Nadia Berrada
circle: close
works: Fenmark Climate Lab | Head of regional climate
city: Bristol | Europe/London
email: nadia.berrada@fenmark.example
birthday: 03-19 aged 47
tags: fenmark; boss
met: 520 | coffee, through her mother the alto
offers: room to try things
seeks: people who write so that a mayor understands
notes: Her mother sings alto beside Maeve.
through: Maeve O'Driscoll
520 coffee me: First coffee; the post had no name yet
  < information (felt good) thanked 1 told 55: what the group lacks
498 email them: The post is public now; "please do apply" #application
483 meeting both: Interview; she asked about the towel and the gauges #application
465 call them: The offer. I said yes before the number
435 meeting both: First day: a desk, a plant, a map of drains
390 meeting both: First talk: more questions, fewer slides
350 email me: Wrote to her about Yaw
301 meeting both: Yaw is hired; she thanked me twice
244 lunch both: What I want next year; she wrote it down
200 meeting both: The month in Budapest is granted
  < help (looked good) thanked 1 told 45: a month away, with pay
135 meeting both: The mayor understood my page, she says
  > help (looked good) thanked 0: one page for the mayor
84 meeting me: Said that I want to lead a group, and why
61 meeting both: The promotion talk; I said the number first
  < recommendation big (looked good) thanked 17 told 17: to the board, for the rainfall group
45 meeting them: It is decided: I lead the rainfall group
28 lunch both: First lunch as two heads of groups
13 meeting both: The plan for the year, on one page
? information draft 527 asked 524 helped 520 thanked 519: what your group lacks
  chance 40 by call fear look silly for fenmark
  why: your mother says you look for someone like me
? help asked 244 asked 240->205 helped 200 thanked 199: a month in Budapest, with pay
  chance 40 by in person fear impose
? recommendation draft 100 asked 84 asked 80->61 helped 61 thanked 44: a word to the board for the rainfall group
  chance 30 by in person fear look silly for group

= Anselm Reinholt
circle: wider
works: Fenmark Climate Lab | Director
city: Bristol | Europe/London
email: reinholt@fenmark.example
tags: fenmark
met: 483 | sat in my interview, and drew fish
offers: money for things that can be counted
seeks: good news before noon
483 meeting both: Drew fish through my whole interview, then smiled #application
374 coffee me: Asked if he would meet Leila about gauges
372 email me [Leila Moradian]: To Leila and Anselm: money for gauges, you two should talk
  > introduction (looked good) thanked 3 told 55: to Leila Moradian
210 meeting both: Nine gauges, one photo, much fish
46 meeting both: Signed my promotion with a drawn carp
? advice draft 6: what the board listens to
  chance 40 by in person fear impose for board
  why: you have sat there for nine years, and drawn all of it
  gain: good news before noon, in one page
  out: five minutes at the coffee machine do as well

= Chiamaka Obiora
circle: active
works: Fenmark Climate Lab | Computing engineer
city: Bristol | Europe/London
email: chiamaka@fenmark.example
birthday: 08-08
tags: fenmark; code
met: 433 | gave me my first login and a warning
offers: computing time; straight answers
seeks: a speaker on weather for her girls' coding club
433 meeting both: First login, first warning
371 message me: Broke the cluster. It was thing number four
  < help (felt good) thanked 0 told 1: my run, and my honour
282 event me: Spoke at her coding club
  > other thanked 1: an evening at her coding club
142 coffee both: Cake for nine hours instead of nine days
  < help big (looked good, learned) thanked 2 told 30: the rain code, twenty-four times as fast
70 lunch both: Her club has forty girls now
27 coffee both: She wants to speak at a conference, and hesitates
5 message them: Saved a run that I had started in the wrong year
  < help (felt good): a run saved at one in the morning
? help asked 160 agreed 158 helped 142 thanked 140: make the rain code faster
  chance 30 by message
& Hollis Merrimack idea 26 first 25 both 12: a first talk, before forty friendly people

= Lucía Peñaranda
circle: active
works: Fenmark Climate Lab | Communications
city: Bristol | Europe/London
email: lucia@fenmark.example
birthday: in 23
tags: fenmark; press
met: 430 | wanted a portrait of me with a cloud
offers: words that people read
seeks: scientists who answer before the deadline
430 meeting both: Portrait with a cloud
340 email both: My first notice for the press, in four drafts
233 coffee both: She wants a column on rain in the evening paper
  > help (felt good, looked good) thanked 1 told 30: six short columns about rain
126 message them: The column is read aloud in a bakery
  < endorsement small (looked good) thanked 0: "our best explainer", in the newsletter
38 lunch both: Plans a podcast; we tried voices
? feedback asked 16 agreed 12->+4: two pages on why rain belongs on the board
  chance 70 by in person for board

= Tomasz Whitlock
circle: wider
works: Fenmark Climate Lab | Buildings and keys
city: Bristol | Europe/London
tags: fenmark
met: 435 | the man with all the keys
offers: keys, chairs, projectors
seeks: people who return chairs
435 meeting both: A key, a chair, and a firm look
290 coffee both: He measures rain on his allotment, each morning
  < information (felt good) thanked 1 told 120: thirty years of allotment rain
170 message me: His rain is in the data; showed him the dot
99 coffee both: Chairs for the team day, all returned

= Ji-woo Parkhurst
circle: active
works: Fenmark Climate Lab | Data steward
city: Bristol | Europe/London
email: jiwoo@fenmark.example
birthday: 06-15
tags: fenmark; data
met: 420 | asked me to name my files properly
offers: order
seeks: examples of files named badly
420 meeting both: My file names, a sad hour
323 coffee both: She found a home for the Bergen notebooks
  < help (felt good, learned) thanked 1 told 160: a home for Marit's notebooks
216 message them: My names are now her good example
110 video both [Sigrid Aune]: The notebooks move in
66 message me: Told her of Gregor's steward post; she stays
44 coffee both: She gave me a folder labelled "promotion"
? help asked 330 helped 323 thanked 322: a home for the Bergen notebooks
  chance 50 by message

= Vikram Solanki-Rao
circle: active
works: Fenmark Climate Lab | Postdoc, storms
city: Bristol | Europe/London
email: vikram@fenmark.example
birthday: 11-30 aged 31
tags: fenmark; climate
met: 410 | shares the window with me
offers: storm tracks; very strong tea
seeks: a permanent post; someone to read his applications
410 coffee both: Very strong tea
302 meeting both: Storms and rain in one picture
  < information thanked 0 told 40: his storm tracks, before they were out
225 coffee both: His contract ends in a year
  > feedback thanked 1 told 60: on his application in Oslo
162 message them: Not Oslo. He sent me a cloud
160 call me: Listened for an hour
57 email me: Told Freyja about him, as he asked me to
  > introduction (felt good) thanked 1: to Freyja, who needs storm people
22 coffee both: Freyja invites him for a week
8 meeting both: Tea, and his talk for Freyja
+7@10:00 video both [Freyja Ingólfsdóttir]: First talk of the three of us
?< introduction received 60 agreed 59 helped 57: a way to Freyja in Reykjavík
  by in person
& Freyja Ingólfsdóttir first 60 both 58 made 57: storms, for a wind service

= Sigrid Aune
circle: wider
works: Varde University | Archivist
city: Bergen | Europe/Oslo
tags: climate; data
met: 160 | through Marit, about the notebooks
through: Marit Solvang
offers: shelves that last
seeks: readers of old handwriting

= Arjun Pillai-Hart
circle: wider
works: Openwater Trust | Intern
city: London | Europe/London
email: arjun@openwater.example
tags: junior; water
met: 104 | Ifeoma's intern
through: Ifeoma Balogun
seeks: a first real post; feedback on maps
90 email them: His first map, with an apology in front
  > feedback (felt good) thanked 1 told 20: keep the map, drop the apology
17 email them: Second map, no apology

= Wren Okafor-Daly
circle: wider
works: Harbourside College | Student
city: Bristol | Europe/London
email: wren@harbourside.example
tags: junior; ice
met: 210 | asked the last question at Fenmark's open day
seeks: a first post near ice or water
offers: drawings of instruments
206 email them: Asked for twenty minutes
195 coffee both: Twenty minutes became ninety
  > advice thanked 0: ask one person a week, by name
88 message me: Passed on Tadeusz's junior post
  > lead (felt good) thanked 0 told 48: the junior post in Gdynia
40 call them: Has the post in Gdynia! Learning Polish
  ! 35 done 36: ask Tadeusz to look out for Wren
"""
