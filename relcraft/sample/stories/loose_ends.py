"""Owns those who are hardly more than a name yet: just met, moved away, or come from an address book."""

SCRIPT = """\
= Robert Achterberg
circle: active
works: Delta Group Delft | Professor
city: Delft | Europe/Amsterdam
email: achterberg@deltagroup.example
tags: water; models
met: 20 | Petra wrote to us both
through: Petra Zahradníková
offers: a flume as long as a street
seeks: regional rain for the delta
knows: Giulia Santarossa (weak)
? information draft 2: when the flume is free
  by email

= Nomvula Sithebe
circle: wider
works: Nordhavn Mutual | Flood risk
city: Aarhus | Europe/Copenhagen
tags: insurance; water
met: 34 | Søren gave her my name
through: Søren Østerby
seeks: someone to talk with before she changes field
?< advice received 6: half an hour on changing field
  by email

= Lars Pettersen-Gray
works: Corvane Retail | Warehouse systems
city: Perth | Australia/Perth
tags: corvane
met: 1400 | the canteen at Corvane
archived: yes
notes: Moved to Perth, happy there.
1082 lunch both: Farewell lunch with a very large hat
  > gift small (felt good) thanked 0: the hat

= Cordelia Vance-Amaru
works: Thistledown School | Governor
city: Leeds | Europe/London
tags: teaching
met: 700 | Priyanka's school
peace: yes
notes: Asked for no more mail, kindly. So be it.
330 event both: The rain maps in class; she asked for quiet afterwards

= Giulia Santarossa
works: Lagoon Authority | Tide forecasts
city: Venice
email: giulia.santarossa@lagoon.example
kept: 690

= Henk van der Velde-Bos
works: Polderbank | Credit risk
email: henk@polderbank.example
kept: 812

= Aisulu Nurbekova
works: Steppe Observatory | Engineer
email: aisulu@steppe.example
kept: 377

= Thabo Mokgethi
works: Openwater Trust | Fundraising
email: thabo@openwater.example
kept: 301

= Lorraine Castonguay
works: Nordhavn Mutual | Claims
email: lorraine@nordhavn.example
kept: 548

= Viktor Östergren
works: Vindstofa | Sales
kept: 415

= Amina Diallo-Reyes
works: Riverlight Relief | Logistics
email: amina@riverlight.example
phone: +1 202 555 0173
kept: 96

= Declan Moynihan-Ross
works: Fenmark Climate Lab | Alumni office
email: declan@fenmark.example
kept: 239
"""
