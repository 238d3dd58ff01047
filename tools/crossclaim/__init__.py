"""crossclaim: read a dispute — every paragraph with its claims, every claim with its paragraphs.

The names below are what other programs may count on; none is loaded before it is asked for.
"""

__version__ = "0.1.0"
__all__ = [
    "Author",
    "Checked",
    "Claim",
    "Collection",
    "Edition",
    "Essay",
    "Finding",
    "Index",
    "Occurrence",
    "Passage",
    "Stance",
    "Tag",
    "build",
    "check",
    "load",
]

TYPE_CHECKING = False  # as type checkers know it; to load `typing` takes longer than all else
if TYPE_CHECKING:
    from crossclaim.content.collection import load
    from crossclaim.findings import Finding
    from crossclaim.model import Author, Claim, Collection, Edition, Essay, Passage, Stance, Tag
    from crossclaim.pipeline import Checked, build, check
    from crossclaim.site.index import Index, Occurrence
else:

    def __getattr__(name: str) -> object:
        if name not in __all__:
            raise AttributeError(f"module “crossclaim” has no name “{name}”")
        from crossclaim import findings, model, pipeline
        from crossclaim.content import collection
        from crossclaim.site import index

        for module in (findings, model, collection, index, pipeline):
            globals().update((own, vars(module)[own]) for own in __all__ if own in vars(module))
        return globals()[name]

    def __dir__() -> list[str]:
        return [*__all__, *globals()]
