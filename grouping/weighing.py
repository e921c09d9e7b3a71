"""What weighs most when groups are judged, in a sentence."""

from collections.abc import Mapping

from kit.templatetags.swedish import enumerated

NAMES = {
    "distance": "närhet",
    "size": "lika storlek",
    "kind": "samma slag",
    "theme": "samma tema",
    "partners": "önskade partner",
    "level": "att ha kommit lika långt",
    "mentor": "en mentor i närheten",
}


def weights_in_words(weights: Mapping[str, int]) -> str:
    by_weight: dict[int, list[str]] = {}
    for key, weight in weights.items():
        by_weight.setdefault(weight, []).append(NAMES[key])
    unweighed = by_weight.pop(0, [])
    ordered = [enumerated(by_weight[weight]) for weight in sorted(by_weight, reverse=True)]
    if not ordered:
        return "Nu väger inget skäl något."
    most = f"Nu väger {ordered[0]} mest" if ordered[1:] else f"Nu väger {ordered[0]} lika mycket"
    if len(by_weight) == 1 and len(next(iter(by_weight.values()))) == 1:
        most = f"Nu väger bara {ordered[0]}"
    text = "".join([most, *(f", sedan {names}" for names in ordered[1:]), "."])
    return f"{text} Det här räknas inte: {enumerated(unweighed)}." if unweighed else text
