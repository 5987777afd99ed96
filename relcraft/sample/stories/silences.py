"""Owns the arcs of those who were quiet: a friend after years, a silence that ended well, one who only takes."""

SCRIPT = """\
= Tadeusz Wrona
circle: active
works: Baltic Ice Service | Ice analyst
city: Gdynia | Europe/Warsaw
email: tadeusz.wrona@ice.example
birthday: 01-08
nick: Tadek
tags: university; ice
met: 4100 | shared a desk at university for three years
offers: sea-ice data; the view from inside a weather service
seeks: someone to check his English; chess by post
notes: We lost touch when both of us moved. Nobody's fault.
1905 drinks both: Farewell drinks before he moved to Gdynia
1898 note me: We said we would write every month
644 note me: Thought of him on the train; wrote nothing, too long ago
318 message me: "It has been four years, and here is our desk": a photo
316 message them: "I have the same photo on my wall. Call me!"
311 call both: Two hours, as if we had paused for lunch
  < information (felt good) thanked 1 told 90: how a weather service really hires
  ! 7 done 5: send him the map of the ice edge
306 email me: The ice-edge map, with a question at the end
  > introduction small (felt good) thanked 2 told 100: to Chihiro, ice edge to ice edge
302 email them: Found the error in my ice edge, in one evening
  < feedback big (felt good, learned) thanked 1 told 60: a wrong sign that had cost me weeks
270 message me: Read his conference talk for the English
  > feedback (felt good) thanked 0 told 25: on the English of his talk
244 message them: "They understood me! Even the jokes"
215 video both: His daughter plays the piano through the wall
171 letter them: First chess move, on a postcard of a lighthouse
163 letter me: My answer: knight to f6, and a stamp with an owl
132 video both [Yaw Darko]: Tadeusz showed Yaw how to draw ice from pictures
  < help (felt good, looked good) thanked 2 told 40: an afternoon of teaching for our group
97 email them: A post in his service; "for one of your juniors?"
  < lead (felt good) thanked 1 told 30: a junior post, six weeks before it was public
88 message me: Passed it on to Wren, who applied
50 call both: He comes to Bristol, for the first time in years
  ! 52: book the small table by the window
+16@19:00 dinner both: Dinner with Tadeusz, five years late

= Noémi Barta
circle: active
works: Danube Basin Centre | Head of modelling
city: Budapest | Europe/Budapest
email: noemi.barta@danube.example
birthday: 09-14
tags: models; hydrology
met: 855 | she chaired the last session in Ghent
offers: rainfall models; a place to visit for a month
seeks: people who test models on real towns; a violin teacher for her son
notes: Answers late, and means every word.
855 event both [Yaw Darko]: Noémi chaired; the best question of the day was hers #ghent
848 email me: Thanked her, asked whether I might see her model run
845 email them: "Sure! I will send you a login."
820 email me: One friendly reminder, with an easy way out
790 note me: No answer. I let it rest; she has a life I cannot see
735 event me: Saw her across a hall in Vienna; she waved, tired
612 message me: Congratulated her on the basin atlas. No question in it
470 email them: A year with a sick child; he is well now. "And you?"
469 email me: Glad about the boy above all; told her of my interview
466 email them: The login, after all, with her own notes beside it
  < information big (felt good) thanked 1 told 30: the model, and a guide to its moods
436 video both: Ran it together on my valley; it overdoes the hills
  > feedback (learned) thanked 1 told 25: where her model rains too much
411 email them: Fixed. My name is in the release notes
365 call me: Asked what she needs; a violin teacher, of all things
  ! 10 done 6: ask Teodora about violin teachers
359 message me: A violin teacher in Budapest, through Teodora's choir
  > lead small (felt good) thanked 1 told 80: a violin teacher for her son
279 message them: The boy plays; a recording of nine brave notes
226 video both: She invites me for a month in Budapest
  < help big (felt good, gained credit) thanked 3 told 70: a desk and a month with her group
185 meeting both: First day at the Centre: soup, then code
170 dinner both: Dinner with her family; the boy played for us
158 meeting both: Last day; we leave one model with two parents
96 video both: Planned the paper on hills and rain
35 call them: The paper is sent; she put my name first
  < other (felt good) thanked 0: first place on the paper
? information draft 851 asked 848 agreed 845 nudged 820 rested 798 helped 466 thanked 465: a look at your running model
  chance 50 by email fear look silly
  why: the best question in Ghent was yours
  gain: a real valley to test it on
  out: if this is a bad year for it, no answer is an answer

= Dominic Ashgrove
circle: wider
works: Ashgrove Data Studio | Founder
city: Bristol | Europe/London
email: dominic@ashgrove.example
tags: meetup
met: 1040 | sat beside me at the data evening, borrowed my charger
offers: knows every new tool by name
seeks: clients; introductions; people to look over proposals
notes: Good company. Asks well, and forgets. I help where it costs me little, and expect nothing.
1040 event both [Hollis Merrimack]: Data evening; Dominic borrowed my charger
1022 coffee them: He wants to found a studio; picked my brain
  > advice: what shops want from an analyst
985 email them: Could I look over his first proposal?
  > feedback (learned): two evenings on his first proposal
941 message them: Needs somebody in retail, by tomorrow
  > introduction thanked 0: to Bettina in finance
930 note me: Bettina says he came, and was charming
872 call them: Would I fix a chart before a pitch?
  > help (felt good): the chart, at eleven at night
868 message them: Won the pitch. A thumb
815 coffee them: Next idea, next favour; I like his energy
785 email me: Asked him to look over my fellowship essay
784 message them: "Sure!"
762 note me: Nothing came. That is a fair answer, too
604 message them: Does Søren need a studio? I asked Søren first: no
533 drinks both: Funny evening; he asked for two introductions
  > introduction small: to Will, who wanted freelance work
460 message me: Told him I have the job at Fenmark
458 message them: "Great! Do they need a studio?"
402 email them: Half a day of free help with his website numbers?
  > advice small (felt good): half an hour instead of half a day
330 event both: Waved across the data evening
289 message them: Could I review a grant text this weekend?
288 message me: Said no, kindly; named two guides that helped me
  > information small (felt good): two guides to writing grants
200 coffee them: He told me his plans. I enjoyed it, and went home on time
198 note me: I still like him. Half an hour now and then is right
? feedback asked 785 agreed 784 rested 762: a look at my fellowship essay
  chance 70 by email
?< feedback received 289 declined 288: a grant text, this weekend
  by message
"""
