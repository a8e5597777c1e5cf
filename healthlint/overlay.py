"""Changes that a configuration makes to vocabulary: words added and removed, for every rule that uses the entity."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from healthlint.entities import names_in
from healthlint.errors import ConfigError, unknown
from healthlint.word import Word, all_phrases, phrase_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from healthlint.entities import Entity, Vocabulary


def overlay(vocabulary: Vocabulary, changes: Mapping[str, Mapping[str, Any]]) -> Vocabulary:
    """Return *vocabulary* with *changes*: by name of an entity, what to ``add`` (a map to suggestions) and ``remove``.

    Raises ConfigError for an entity that does not exist and for a word to remove that is not in it.
    """
    if not changes:
        return vocabulary
    for name in changes:
        if name not in vocabulary:
            raise ConfigError(unknown("vocabulary", name, vocabulary.names()))
    entities: dict[str, Entity] = {}
    for name, change in changes.items():
        gone = [phrase for term in change["remove"] for phrase in _phrases_of(term, name, vocabulary)]
        entities[name] = _changed(entities.get(name) or vocabulary.entity(name), change["add"], gone)
        for other in _takers(name, vocabulary):
            entity = entities.get(other) or vocabulary.entity(other)
            gone = [phrase for term in change["remove"] for phrase in all_phrases((term,), entity.forms)]
            entities[other] = _changed(entity, dict.fromkeys(change["add"], ()), gone)
    return vocabulary.replaced(entities, _users(frozenset(entities), vocabulary))


def names_used(values: Any) -> Iterator[str]:
    """Yield the names of entities in *values*: a pattern, or a list or map that holds some, or names an ``entity``."""
    if isinstance(values, str):
        yield from names_in(values)
    elif isinstance(values, Mapping):
        yield from filter(None, (values.get("entity"),))
        yield from names_used(tuple(values.values()))
    elif isinstance(values, (list, tuple)):
        for value in values:
            yield from names_used(value)


def _changed(entity: Entity, add: Mapping[str, Sequence[str]], remove: Sequence[str]) -> Entity:
    """Return *entity* with the terms of *add*, a map to suggestions, and without the phrases *remove*."""
    new = {term: all_phrases((term,), entity.forms) for term in add}
    added = tuple(phrase for phrases in new.values() for phrase in phrases)
    gone = set(remove).difference(added)
    keys = {key: number for key, number in entity.keys.items() if key not in set(map(phrase_key, gone))}
    for number, phrases in enumerate(new.values(), len(entity.words)):
        keys |= dict.fromkeys(map(phrase_key, phrases), number)
    return replace(
        entity,
        terms=tuple(dict.fromkeys((*(phrase for phrase in entity.terms if phrase not in gone), *added))),
        without=(*entity.without, *(f"={phrase}" for phrase in sorted(gone))),
        words=(*entity.words, *(Word(term, tuple(offered), forms=entity.forms) for term, offered in add.items())),
        keys=keys,
    )


def _phrases_of(term: str, name: str, vocabulary: Vocabulary) -> set[str]:
    """Return the phrases of an entity that are forms of *term*."""
    entity = vocabulary.entity(name)
    phrases = all_phrases((term,), entity.forms)
    number = entity.keys.get(phrase_key(phrases[0]))
    if number is not None:
        return {phrase for phrase in entity.terms if entity.keys.get(phrase_key(phrase)) == number}
    found = vocabulary.terms(name).intersection(phrases)
    if not found:
        raise ConfigError(f"vocabulary.{name}: 'remove' has an {unknown('word', term, vocabulary.terms(name))}")
    return set(found)


def _takers(name: str, vocabulary: Vocabulary) -> Iterator[str]:
    """Yield the names of the entities that have the terms of *name* as their own."""
    yield from (other for other in vocabulary.names() if name in vocabulary.entity(other).terms_of)


def _users(names: frozenset[str], vocabulary: Vocabulary) -> frozenset[str]:
    """Return *names* and those of all entities that are made of them."""
    made_of = {name: set(_parts(vocabulary.entity(name))) for name in vocabulary.names()}
    users = set(names)
    open_names = users
    while open_names:
        open_names = {name for name, parts in made_of.items() if name not in users and not parts.isdisjoint(users)}
        users |= open_names
    return frozenset(users)


def _parts(entity: Entity) -> Iterator[str]:
    yield from (*entity.includes, *entity.without)
    yield from names_used(entity.patterns)
