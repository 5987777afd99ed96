"""Owns the people of the evening course and of the river gauges, where the change of field began."""

SCRIPT = """\
= May Thornbury
circle: wider
works: Harbourside College | Tutor
city: Bristol | Europe/London
email: may@harbourside.example
birthday: 05-01
tags: course
met: 1016 | tutor of the evening course
offers: clear teaching; places in the course
seeks: former students who come back to talk
1016 meeting both: First evening of the course; twelve people, one heater
960 meeting both: She lent me her own old notes
  < help (felt good) thanked 7 told 300: her own notes, with coffee rings
903 email me: Finished the course; thanked her for the heater
642 meeting me: Spoke to her new class about what came after
  > other (felt good, looked good) thanked 0: an evening with her class
365 email me: Sent her Karin as a student
210 event both: Open day at Fenmark; she brought Wren along
  < introduction small (looked good) thanked 1 told 100: to Wren, who asks well
150 email them: The heater is replaced; the class is full

= Will Tavener
circle: active
works: Orbitela | Engineer number five
city: Lisbon | Europe/Lisbon
email: will@orbitela.example
birthday: 08-26 aged 33
tags: course; satellites
met: 1016 | beside me in the course, nearest the heater
offers: rockets, explained
seeks: friends in Lisbon
1009 drinks both: Homework at the pub
938 drinks both: Homework again; I was ahead for once
760 drinks both: He goes freelance
533 message me: Told him about Dominic's offer; he took it
484 call me: Mateus wants a fifth person; he nearly dropped the phone
447 email them: Moves to Lisbon!
299 message me: Gave him Joaquim's card, three hours by train
  > introduction small (felt good) thanked 1: to Joaquim, who feeds everyone
176 video both: Rockets, explained to me with a lemon
94 message them: Sent a picture of a lemon
? introduction asked 22 declined 18: the cloud people at Orbitela
  chance 50 by message
  out: after the launch is just as good

= Xiomara Beltrán
circle: wider
works: Alto Verde | Forest surveyor
city: Medellín | America/Bogota
email: xiomara@altoverde.example
birthday: 06-24
tags: course; forests
met: 1016 | third chair from the heater
offers: forest plots; birds by ear
seeks: rain data for the high forest
988 coffee both: She hears birds that I cannot
870 drinks both: Goodbye to her: home to Medellín
631 email both: Her first plots
  > help thanked 1 told 60: rain for six forest plots
344 email them: Birds, as sound; played them in the office
190 video both: A paper with her birds and my rain?
? help asked 24: birds and rain, a paper for two
  chance 50 by email
  gain: a paper with your name first

= Ebbe Kristoffersen
circle: wider
works: Gauge Volunteers | Coordinator
city: Bath | Europe/London
phone: +44 1632 960 146
tags: water; volunteers
met: 970 | the river-gauge weekend
offers: boots in all sizes; a cousin everywhere
seeks: people for the second weekend of each month
970 event both: Boots, mud, and the first gauge of my life
  < information (felt good) thanked 0: how to read a river
841 event both: Gauge weekend; the table works
640 event both: Gauge weekend; brought Ifeoma
478 message them: Two gauges were to close; could I help with the plan?
295 call me: Does he know a driver? A cousin, of course
  < lead (felt good) thanked 1 told 9: a cousin with a lorry
203 event both: Gauge weekend with half of Fenmark
? lead asked 295 helped 295 thanked 294: a driver who knows one valley
  chance 30 by call
"""
