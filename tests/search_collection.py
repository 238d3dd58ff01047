"""A collection for the search: languages, suggestions, dates, co-authors, words that are markup."""

from pathlib import Path

from collections_made import make

_AUTHORS = """\
- {id: ada-byron, name: Ada Byron}
- {id: ben-jonson, name: Ben Jonson}
- {id: cleo-maas, name: Cleo Maas}
"""

_CLAIMS = """\
- {id: tea-wakes, claim: Tea wakes people up., theme: Effects, about: x}
- {id: tea-calms, claim: Tea calms people down., theme: Effects, about: x, opposes: [tea-wakes]}
- {id: tea-is-dear, claim: A kettle costs too much., theme: Money, about: x}
"""

_ESSAYS = {
    "one": """\
---
title: On the kettle
author: Ada Byron
publication: The Kettle
date: "1999-05-02"
publish: full
---

The front-line kettle wakes everybody who doesn’t sleep.
{: #wakes asserts="tea-wakes" }

Frontline cups wake nobody, “they say”.
{: #cups reports="tea-wakes" rejects="tea-calms" }

Costs rise, and <b>costs</b> &lt;img src=x onerror=alert(1)&gt; rise again.
{: #costs asserts="tea-is-dear" }
""",
    "two": """\
---
title: Gegen den Tee
author: Cleo Maas
publication: Die Kanne
date: 2004
language: de
publish: full
---

Die Häuser der Kunden sind groß, und der Kessel weckt niemanden.
{: #haeuser rejects="tea-wakes" }

Ein Haus ohne Kanne ist wie ein Kessel ohne Straße.
{: #haus asserts="tea-calms?" }
""",
    "three": """\
---
title: Two voices
author: [Ada Byron, Ben Jonson]
publication: The Pot
publish: full
---

A kettle calms naïve people, and calm people buy kettles.
{: #calms asserts="tea-calms" concedes="tea-wakes" }

Nothing is claimed about the front line here.
{: .aside #nothing }

顧客は王様です。
{: #kunde asserts="tea-wakes?" }
""",
}


def search_collection(root: Path) -> Path:
    """The collection under `root`."""
    files = {f"essays/{name}.md": text for name, text in _ESSAYS.items()}
    own = {"essays/authors.yml": _AUTHORS, "essays/claims.yml": _CLAIMS}
    return make(root, {**files, **own, "essays/ada.md": None, "essays/ben.md": None})
