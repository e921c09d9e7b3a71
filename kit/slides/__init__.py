"""Slides for PowerPoint: titles in their places, charts that can be changed, alternative texts, Swedish all through."""

from kit.slides.deck import MEDIA_TYPE, Area, Deck, SlideFoot

__all__ = ("MEDIA_TYPE", "Area", "Deck", "SlideFoot")
