"""How often a code can be had and tried (docs/adr/0022). settings.py hands these numbers to allauth too."""

from datetime import timedelta

CODE_GOOD_FOR = timedelta(minutes=15)
TRIES = 5
# Who asks again sooner waits for the mail that is on its way.
PAUSE = timedelta(minutes=1)
CODES_AN_HOUR = 6
# Asking with an unknown address and trying a wrong code, by network address: a room that signs in does neither often.
FAULT, FAULTS_OF_A_NETWORK = "sign_in_fault", "120/h/ip"
