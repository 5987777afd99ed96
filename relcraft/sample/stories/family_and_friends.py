"""Owns the small lives of family, friends and neighbours."""

SCRIPT = """\
= Teodora Vlahova
circle: inner
works: Redwell Infirmary | Night nurse
city: Bristol | Europe/London
phone: +44 117 496 0214
birthday: 08-17 aged 35
nick: Teo
tags: friends; choir
met: 7300 | same school bench since we were twelve
offers: knows who to call at a hospital; sings alto
seeks: a quiet flat for day sleep
notes: Sleeps until three. Never call before.
1088 dinner both: Told her that I count tins for a living and dream of rain
1023 dinner both: She paid the course fee for my birthday
  < gift big (felt good) thanked 0 told 560: the evening course, in an envelope
955 drinks both: Night shift stories, the kind ones
884 dinner both: Second place by one point; she made a medal of foil
831 visit me: Painted her kitchen in two evenings
  > help (felt good) thanked 0: two evenings and a ladder
743 visit them: Came with soup when the fellowship went elsewhere
667 dinner both: Spoke of moving; we both stay
589 call both: First "no"; she read it out in a funny voice
484 visit them: Ironed my shirt for the interview and told me to stand up
  < help small thanked 1 told 19: an ironed shirt and a straight back
464 drinks both: I have the job. We danced at the bus stop
402 dinner both: She thinks of days instead of nights
359 message me: Do you know a violin teacher in Budapest? She did
  < information small (looked good) thanked 0 told 80: a violin teacher, through her choir
310 visit both: Looked at flats with thick curtains
  > lead (felt good) thanked 0 told 45: a quiet flat, two streets away
262 event both: Her choir sang in the station
224 dinner both: New flat, one chair each
190 call both: Said goodbye for the month in Budapest
155 dinner both: Back again; she had watered everything
112 dinner both: Her day job begins next month
  > feedback (felt good) thanked 0 told 40: on her letter for the day ward
71 drinks both: She sleeps at night now, and talks faster
41 dinner both: Promotion soup, an old recipe of Maeve's
30 visit both: Fixed the lamp, broke the shelf
19 dinner both: Her mother is unwell; we cooked for a week
11 call both: Mother is better
4 dinner both: Soup again, all well
+2@19:00 dinner both: Her turn to cook

= Agnes Ferrand
circle: close
city: Annecy | Europe/Paris
birthday: 06-06 aged 71
tags: family
met: 10000 | my aunt
offers: patience; a room with a view of the lake
seeks: letters on paper
notes: Writes letters. Reads each of mine twice.
1080 letter them: Four pages about the lake, and one about me
1002 letter me: Told her about the course
893 visit me: Four days at the lake; mended the boat
  > help thanked 0: one boat, dry again
735 letter them: "One door. There are others, mon petit chou."
596 letter me: The first flood map, for her kitchen wall
458 call me: Told her about Fenmark, she had to sit down
414 letter them: A note of fifty for "proper shoes"
291 visit me: Went through her old weather diary of the lake
  < information (felt good) thanked 0 told 110: thirty years of lake diary
150 letter me: Her diary is in the data now; sent her the page
103 letter them: She has shown it to the whole market
39 letter me: Wrote about the promotion
25 call them: Wants to see Bristol once more
  ! 40: look for trains from Annecy

= Joaquim Ferrand
circle: close
works: Casa do Largo | Cook
city: Porto | Europe/Lisbon
birthday: 10-21
tags: family
met: 3300 | my sister's husband
offers: a table at any hour; a flat near the sea, in winter
seeks: somebody to build a page for bookings
1015 visit both: Learned to fold pastry; mine looked like maps
821 call both: He opens a second room
640 visit me: Built his bookings table
  > help big (felt good) thanked 0 told 60: bookings that count themselves
452 video both: He cooked on camera for my new job
299 visit both: The second room is full on weekdays
180 message them: Sent pictures of a very large fish
74 call both: My sister is well; he wants to learn to swim
33 message them: First length of the pool

= Priyanka Deshmukh-Vale
circle: close
works: Thistledown School | Physics teacher
city: Leeds | Europe/London
birthday: 02-11 aged 34
nick: Pri
tags: university; teaching
met: 5000 | shared a flat at university
offers: explains physics to anyone
seeks: people to tell her class about their work
1010 call both: She teaches clouds with a kettle
870 visit both: Weekend in Leeds, rain on both days
700 video them: Could I tell her class what an analyst does?
  > other (felt good, learned) thanked 1: an hour with 28 honest children
490 call both: Asked her to check my physics before the interview
  < feedback thanked 1 told 25: on the physics in my slides
330 video both: Her class again, with the rain maps
  > other (felt good, looked good) thanked 1: an hour with the rain maps
205 visit both: Hills, mud, old jokes
75 message them: Her class asks when I come back
~ 9
? feedback asked 490 helped 490 thanked 489: my physics, before the interview
  chance 50 by call for fenmark

= Matthias Brunner
circle: active
every: 14
works: Stadtholm Engineering | Bridge engineer
city: Bristol | Europe/London
birthday: 07-04
tags: running
met: 980 | the running group at the bridge
offers: wind loads; a steady pace
seeks: somebody to run the half marathon with
979 event both: First run; he talks on the way up, I on the way down
801 event both: Eight miles; spoke of bridges and wind
586 event both: Ran off the first "no"
457 drinks both: New job; he bought the chips
241 email me: Found him wind data for his bridge
  > information (felt good) thanked 1 told 30: gust data for a bridge
205 event both [Yaw Darko]: Yaw came too, and is faster than both
118 event both: Ten miles; no talk on the hill
52 event both: Half marathon. We both finished
24 event both: An easy one
11 event both [Yaw Darko]: Six miles in the rain

= Seun Adeyinka
circle: active
works: Rye Street Bakery | Baker
city: Bristol | Europe/London
birthday: 04-30
tags: neighbours; football
met: 1000 | football on the common
offers: bread; knows the whole street
seeks: somebody to look at the numbers of the bakery
knows: Maeve O'Driscoll (strong)
998 event both: Football; I am the slow one
744 message them: A loaf at the door. News travels
  < gift small (felt good) thanked 0: one warm loaf
602 coffee them: The bakery sells out on rainy days; could I look why?
  > help (felt good, learned) thanked 3 told 30: rain and rye, in one chart
433 event both: Football, and bread
260 message them: Second oven, thanks to the chart
98 coffee both: His sister moves to Bristol
61 event both: Football; scored by accident

= Inês Caldeira
works: Caldeira & Daughters | Landlady
city: Bristol | Europe/London
phone: +44 117 496 0771
tags: neighbours
met: 1150 | rents me the flat
1090 call me: Told her about the bath and the ceiling
610 visit both: New windows; she asked about the maps on the wall
220 call me: Word about Yaw's family looking for a flat
  < lead thanked 1 told 40: a flat with a garden for Yaw

= Gregor Sandoval
works: Sandoval Search | Recruiter
city: London | Europe/London
email: gregor@sandoval.example
tags: recruiters
met: 575 | called me out of the blue
notes: Polite, quick. Writes "exciting" a lot.
575 call them: Three posts, none with weather in it
455 email me: Told him I am settled, wished him well
66 email them: Asks whether I know a data steward
?< lead received 66 rested 60: a data steward
  by email

= Fatou Camara-Linde
works: Halmstad Rail | Timetable planner
city: Halmstad | Europe/Stockholm
tags: trains
met: 853 | on the night train back from Ghent
853 event both: Night train; she plans timetables, and dreams of delays
849 message them: A picture of the delay of that night, as a chart
"""
