"""Owns the people of the imagined user's former work, and those from before it."""

SCRIPT = """\
= Karin Lindqvist
circle: active
works: Corvane Retail | Pricing
city: Bristol | Europe/London
email: karin.lindqvist@corvane.example
birthday: 05-02
tags: corvane
met: 2000 | the desk across from mine
offers: spreadsheets that never break
seeks: a way out of pricing
notes: Pricing Karin, with a q. Not Karen of people and hiring.
knows: Gethin Pryce-Howells (strong)
1050 lunch both: She noticed that I read about rain at lunch
845 lunch both: Kept my secret for a year, without a word
  < help (felt good) thanked 1 told 395: took my shifts during Ghent
690 coffee both: She wants out of pricing
505 lunch both: She guessed; I told her first of all
362 coffee both: She takes May's evening course
  > introduction (felt good) thanked 5 told 200: to May Thornbury
160 message them: Passed the course, with a map of her own
101 coffee both: Wants to apply at the Trust; nervous
12 message them: May I read the first page of her application?
?< feedback received 12 agreed 10: the first page of her application
  by message
10 ! 13: read Karin's first page
& Ifeoma Balogun idea 9: what the Trust is like from inside

= Karen Lindquist
circle: distant
works: Corvane Retail | People and hiring
city: Bristol | Europe/London
email: karen.lindquist@corvane.example
tags: corvane
met: 1900 | hired me at Corvane
notes: Karen with a k and a t, people and hiring. Karin is pricing.
1075 meeting both: Asked about part-time work; the rule exists
455 meeting both: Last papers; she wished me rain
  < recommendation small thanked 0: a good reference on paper
250 email them: May she give my number to somebody in doubt?

= Gethin Pryce-Howells
circle: active
works: Corvane Retail | Data engineer
city: Cardiff | Europe/London
email: gethin@corvane.example
birthday: 01-27 aged 41
tags: corvane; code
met: 1800 | fixed my first broken query
offers: fast tables; bad puns
seeks: a reason to learn something new
1066 message them: A pun about clouds. It was bad
930 meeting both: Made my method run on all shops in one night
  < help big (learned, looked good) thanked 1 told 25: the dry-spell method on 300 shops
744 lunch both: He heard of the fellowship, sang a hymn for it
570 video both: Taught me tests
  < information thanked 1 told 60: tests, and why one sleeps better
410 message me: Sent him the odd format of our rain files
331 video both: He reads rain files for pleasure now
  < help thanked 1: forty odd rain files, made readable
231 message them: A pun about ice. Better

= Bettina Krause-Adler
circle: wider
works: Corvane Retail | Finance
city: Bristol | Europe/London
tags: corvane
met: 1600 | the lift, stuck between two floors
offers: what a budget really says
seeks: people who explain charts slowly
1062 lunch both: Stuck-lift lunch, every year
941 email me: Asked whether Dominic may call her: yes
700 lunch both: The lift lunch again
485 coffee both: Explained pay bands to me before the offer
  < advice (looked good) thanked 1 told 20: what to ask for, and when to be quiet
320 lunch both: The lift lunch, outside for once
140 email them: A question about a chart
? advice asked 488 helped 485 thanked 484: what to ask for when the offer comes
  chance 30 by email fear too long for fenmark

= Dmitri Halloran
circle: wider
works: Corvane Retail | Analyst
city: Bristol | Europe/London
email: dmitri@corvane.example
tags: corvane; junior
met: 700 | two desks away
offers: night-owl company
seeks: somebody to ask silly questions
640 coffee both: His first silly question was a good one
448 meeting both: Handed him my tables and my plant
  > help (felt good) thanked 1: a week of handing over, and a plant
345 call both: Would he like to follow me? He would
283 email them: The plant has a flower
198 message them: His method beat mine; he asked if I mind. I am glad

= Sunniva Dahlgren
circle: wider
works: Corvane Retail | Product
city: Uppsala | Europe/Stockholm
birthday: 09-29
tags: corvane
met: 1500 | a project that never shipped
offers: how to say no to a project
seeks: stories of people who changed field
1047 lunch both: We laughed about the project that never shipped
835 email them: Asks how my course goes
620 video both: She is changing field as well: to museums
  > feedback (felt good) thanked 2 told 90: on her letter to a museum
528 email them: She has the museum. A postcard of a whale
199 email both: Whales and rain, two pages each

= Ruth Abelson-Kaye
circle: distant
works: Abelson Paper Works | Retired
city: Edinburgh | Europe/London
tags: boss
met: 4300 | my very first manager
offers: forty years of calm
notes: Taught me to write one page, never two.
1620 lunch both: Her last week at work
  < advice thanked 1: "One page. If it needs two, think again."
1240 letter them: A card from Edinburgh, with one line

= Casimir Delorme
circle: wider
works: Université de Saône | Lecturer
city: Lyon | Europe/Paris
tags: university
met: 4000 | the cellar laboratory
offers: statistics of extremes
1710 event both: Class reunion in Lyon
1330 email them: A paper on extremes, "thought of you"
  < information small: a paper on extremes
? advice asked 60 nudged 40: one question on his paper on extremes
  chance 20 by email fear too long

= Pilar Etxeberria
circle: active
works: Ría Arquitectura | Architect
city: Bilbao | Europe/Madrid
birthday: 12-27
tags: university
met: 4600 | a year abroad, the same corridor
offers: houses that stay dry
seeks: flood maps for old towns
notes: Moved twice since. The address in my letters may be old.
1502 visit me: A week in Bilbao; she drew, I burnt the tortilla
1181 message them: A house on stilts, her first
"""
