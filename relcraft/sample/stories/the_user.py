"""Owns the imagined user, and what they are after."""

SCRIPT = """\
@ Camille Ferrand
works: Fenmark Climate Lab
offers: a talk on rain for a team or a class; feedback on maps; half an hour for who changes field
seeks: old rain records; a speaker for our team day

* fenmark | get hired
words: Paid work on rain and climate, in a laboratory
since: 720
by: 400
reached: 465
outcome: Analyst at Fenmark Climate Lab
chain: Leila Moradian; Maeve O'Driscoll; Nadia Berrada; Henrike Vossberg
chain: Marit Solvang; Priyanka Deshmukh-Vale; Yaw Darko; Bettina Krause-Adler
told: Leila Moradian; Maeve O'Driscoll; Nadia Berrada; Henrike Vossberg
told: Marit Solvang; Priyanka Deshmukh-Vale; Yaw Darko; Bettina Krause-Adler

* group | get promoted
words: Lead a group of my own
since: 244
by: 30
reached: 44
outcome: The rainfall group is mine to lead
chain: Leila Moradian; Søren Østerby; Yaw Darko; Marit Solvang; Maeve O'Driscoll; Nadia Berrada
told: Leila Moradian; Yaw Darko; Marit Solvang; Maeve O'Driscoll; Nadia Berrada

* board | get promoted
words: A seat on the science board, so that rain has a voice there
since: 30
by: +300

* stage | other
words: A stage for the story of the attic notebooks
since: 12
by: +120
"""
