"""Owns the people met on the way into the field: water, ice, weather, money and code."""

SCRIPT = """\
= Søren Østerby
circle: active
works: Nordhavn Mutual | Flood risk
city: Aarhus | Europe/Copenhagen
email: soren@nordhavn.example
birthday: 02-24
tags: water; insurance
met: 706 | through Leila, by video
through: Leila Moradian
offers: paid work on flood maps; claims data, well hidden
seeks: maps that a farmer believes
notes: Says little. Each word counts.
knows: Lorraine Castonguay
706 video both: First talk, forty minutes, thirty of them silent
683 email them: "Can you draw this valley? We pay."
  < lead big (gained credit) thanked 1 told 123: three months of paid flood maps
612 video both: A farmer laughed at my map; we went to see why
598 visit both: Three farms, three sizes of boots, one better map
  < information (learned) thanked 1 told 38: where the water really stands
560 meeting both: Handed over nine maps
555 email them: A reference, six words: "Draws what is there. Hire now."
  < recommendation thanked 1 told 90: six words on letterhead
463 message me: Told him about Fenmark
317 call both: He asked how to hire an analyst
222 email both: Exchanged rain for claims
  < help (gained credit) thanked 1 told 60: ten years of claims, without names
110 coffee both: In Bristol for a day; few words, good ones
  < advice (felt good) thanked 1: "Lead quietly. It carries."
? advice asked 112 helped 110 thanked 109: whether a quiet person can lead
  chance 40 by in person for group
& Dominic Ashgrove idea 604 rested 603: a studio for the flood maps

= Nadia Kovalenko
circle: wider
works: Upper Rhine Watch | Hydrologist
city: Basel | Europe/Zurich
email: nadia.k@rhinewatch.example
birthday: 10-05
tags: water
met: 858 | the train to Ghent
offers: river levels by the minute
seeks: rain forecasts for small valleys
858 event both: Train to Ghent, one socket for two laptops #ghent
735 coffee both: Found each other again in Vienna
540 email me: Asked how her flood season was
380 video both: Small valleys: she has twelve
  > help (learned) thanked 1 told 40: rain for twelve small valleys
237 email them: The twelve valleys work
120 video both: Plan for a thirteenth

= 高瀬 ちひろ
sort: Takase Chihiro
nick: Chihiro
circle: wider
works: Ishikari Ice Laboratory | Sea-ice observer
city: Sapporo | Asia/Tokyo
email: chihiro@ishikari.example
birthday: 01-19
tags: ice; conference
met: 856 | her poster in Ghent, beside Yaw's
offers: ice photographs; quiet wisdom
seeks: somebody who reads old ship logs
856 event both [Yaw Darko]: Chihiro's poster of ice flowers, beside Yaw's #ghent
790 email me: Sent her a ship log I came across
  > information small (felt good) thanked 2: a whaler's log with ice remarks
640 letter them: A photograph of ice flowers, for my desk
430 email me: The photograph hangs at Fenmark now
306 email me: Told her about Tadeusz, asked both first
  > introduction (looked good) thanked 4 told 100: to Tadeusz, ice edge to ice edge
131 video both [Tadeusz Wrona]: Three of us and two ice edges
& Tadeusz Wrona idea 312 first 308 both 307 made 306 met 131: two ice edges that have not met

= Émile Garançon
circle: wider
works: Météo-Garonne | Reanalysis
city: Toulouse | Europe/Paris
email: emile@garonne.example
tags: models; conference
met: 855 | the coffee table in Ghent
offers: long rain and weather records
seeks: a flat exchange near the sea
knows: Noémi Barta (weak)
855 coffee both: Ghent; argued about the year 1976, happily #ghent
761 email them: The long records, as agreed
  < information thanked 1 told 200: hourly rain since 1951
588 video both: Argued about 1976 again
  > feedback (learned) thanked 1: a doubtful week in his records
402 email them: The doubtful week was a broken gauge!
? information asked 5: the hourly rain of 1976, once more
  chance 60 by email
  gain: the last word about 1976

= Zainab Al-Rifai
circle: active
works: Riverlight Relief | Flood response
city: Amman | Asia/Amman
email: zainab@riverlight.example
birthday: 07-12
tags: water; relief
met: 560 | asked to use one of my maps
offers: what people need on the day itself
seeks: maps that print in black and white
knows: Amina Diallo-Reyes (strong)
560 email them: May she use a map in the field?
  > help (felt good) thanked 1 told 30: nine maps that print without colour
432 video both: Told me what the maps got wrong
  < feedback big thanked 1 told 60: what a map must say at night
295 call me: She needed a driver who knows one valley
  > introduction (felt good) thanked 2 told 9: to Ebbe's cousin
286 message them: The driver got there first
174 video both: Her team prints our forecasts
97 email me: Sent the new legend, for torches
40 call both: She comes to Europe to speak
9 email them: A call for projects that fits my group
  < lead (felt good): money for printed forecasts

= Mateus Avelino
circle: wider
works: Orbitela | Founder
city: Lisbon | Europe/Lisbon
email: mateus@orbitela.example
tags: start-ups; satellites
met: 735 | the hall in Vienna, by the only plant
offers: satellite pictures
seeks: first users; honest users
735 event both: Vienna; he talked, the plant listened
706 video both: Tried his pictures
490 email them: Would I join as number five?
488 call me: Said no with joy; named Will instead
  > lead thanked 1 told 40: to Will, who likes rockets
300 email both: Soil pictures for our valley
  < help (gained credit) thanked 1 told 90: a season of soil pictures
104 video both: Number five is now head of something
? introduction draft 641 asked 640 declined 633: the rain people of the space agency
  chance 40 by email

= Freyja Ingólfsdóttir
circle: distant
works: Vindstofa | Wind forecasts
city: Reykjavík | Atlantic/Reykjavik
email: freyja@vindstofa.example
tags: conference; wind
met: 855 | the last bus in Ghent
offers: wind, and stories about wind
seeks: a storm person
knows: Viktor Östergren (strong)
855 event both: The last bus in Ghent #ghent
420 email them: Asks what became of the one with the hackathon
57 email me: Told her about Vikram, who knows
  > introduction (felt good): to Vikram, a storm person
56 email them: "A storm person! Send him!"

= Kwabena Asiedu-Frank
circle: distant
works: Sahel Crop Mutual | Actuary
city: Accra | Africa/Accra
tags: insurance
met: 781 | through Yaw
through: Yaw Darko
offers: how insurance thinks
781 video both [Yaw Darko]: Kwabena and I, through Yaw: what a dry week costs
  < information (felt good) thanked 1: how a dry week becomes a payment
395 email both: He asked about gauges; I asked about goats

= Hollis Merrimack
circle: active
works: Bristol Data Evenings | Host
city: Bristol | Europe/London
email: hollis@dataevenings.example
tags: meetup
met: 1091 | the door of the first data evening
offers: a stage and forty friendly people
seeks: speakers; chairs
1091 event both: The first data evening; he learned my name
980 event both: Helped to carry chairs
836 event me: My first talk, about dry spells
  < other (looked good) thanked 0 told 385: a stage, and forty friendly people
640 coffee both: He needs speakers
  > introduction (looked good) thanked 1 told 30: to Yaw, by video
450 event both: Told the room I got the job; they clapped
330 event both: Talked about Fenmark there
170 email them: Ten years of data evenings soon
  ! 160: a small speech for ten years of data evenings
64 event both: The evening on water, with Ifeoma
  > introduction (felt good) thanked 1: to Ifeoma, as a speaker
30 message them: Chairs needed again

= Orla Ní Chonaill
circle: wider
works: The Tidal Review | Science writer
city: Galway | Europe/Dublin
email: orla@tidalreview.example
birthday: 03-31
tags: press
met: 500 | her question about lost rivers
offers: a reader's eye
seeks: people with one good story
500 call them: Who knows about lost rivers? Ifeoma does
  > introduction thanked 1 told 40: to Ifeoma
340 coffee both: She read my press notice aloud, as a ballad
212 email them: Story of the notebooks, with Marit
  > lead (looked good) thanked 1 told 40: the attic notebooks
95 call both: What comes after notebooks?
? endorsement asked 260 declined 255: a line on the notebooks for our page
  chance 40 by email fear impose
  out: if your paper does not like that, I understand

= Petra Zahradníková
circle: active
works: Gridfold | Maintainer
city: Brno | Europe/Prague
email: petra@gridfold.example
tags: code
met: 745 | I reported a bug and stayed
offers: grids folded flat
seeks: testers; a way to pay for two days a week
knows: Gethin Pryce-Howells (weak)
745 message me: Reported a bug, with a short example
699 message them: Fixed; would I write the page about it?
  > help (felt good, learned) thanked 1 told 20: the page on missing values
495 email them: A line for my application #application
  < recommendation small (felt good) thanked 0 told 30: a line on my patience
371 video both: Gridfold at Fenmark: 9 users
255 message both: Pay for one day a week, through Anselm
  > referral (looked good, felt good) thanked 1 told 60: Fenmark pays one of her days
108 video both: Second day found
20 email them: Wrote to a colleague in Delft about my group
  < introduction (looked good): to the group in Delft
  ! 22: write to the group in Delft
? introduction draft 30 asked 27 helped 20: somebody with a flume
  chance 40 by message to Robert Achterberg
  gain: one more group on Gridfold
&< Robert Achterberg made 20: a street-long flume, and my rain

= Bilal Farooqui
circle: distant
works: Fernhall Reinsurance | Catastrophe models
city: Zurich | Europe/Zurich
tags: insurance
met: 612 | a lift in Vienna, three floors
offers: what a big loss looks like
612 event both: Three floors of conversation
290 email both: Sent him the paper on notebooks
? information draft 300 asked 290 nudged 270 rested 255: what a flood costs an insurer
  chance 20 by email fear impose

= Anneliese Prokop
circle: wider
works: Office for Shade | Climate officer
city: Graz | Europe/Vienna
email: prokop@graz.example
birthday: 05-12
tags: cities
met: 430 | wrote after my first press notice
offers: a city to try things in
seeks: numbers by the end of the month
430 email them: What does a degree mean for her tram lines?
  > information (learned) thanked 1 told 60: heat on tram lines, one page
330 video both: Her trams, our maps
157 visit both: A day in Graz on the way home from Budapest
  < help (felt good, looked good) thanked 1: the keys to the city's own data
14 email them: The council voted for shade
& Leila Moradian idea 20 first 14: Leila thinks of changing jobs
"""
