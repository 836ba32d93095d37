"""Non-interference: whoever may not see a thing cannot tell a database with it from one without.

How it works
------------
1. `worlds.py` makes a small committee by the product's own actions, with a frozen clock, up to a
   day in April. This database is the fork. Sessions are made before it, so that one cookie serves
   in every world.
2. World A is a copy of the fork. World B is another copy in which one or several `Secret`s were
   done: a need recorded, a draft begun, a clearance given. Each secret names, as a literal set of
   seats read from the access table of the design, who may see it; the product's policies are not
   asked.
3. In both worlds the clock then issues the matrix of May at the same moment and sends its mails.
4. `addresses.py` says for every route of the resolver how its arguments are filled: with things of
   both worlds, with things that exist only in B, with things that exist nowhere; and what is asked
   of it by parameters, methods, headers and languages. A route without an entry fails the test.
5. `crawl.py` asks each address in both worlds as each seat that may not see the secret, and
   compares status, headers and bytes. Only CSRF tokens, which are drawn anew for every page, are
   made alike; one that came in a cookie is compared by the cookie's name and attributes.

A new route joins by a line in `addresses.py`; a new kind of secret by a function in `worlds.py`
and a line in its table. `python -m drills.two_worlds` asks every address of random pairs.

What is not compared: the auditor's page of the ledger (access rule 2), since the ledger differs by
nature: `addresses.EXCEPTED`. Nor an address under another clock: time is not a channel here.

`canaries.py` is the other half: a string of 128 bits in every confidential field, looked for in
every form in what is answered, mailed, logged, exported and found by those who may not see it.
"""
