"""The rows of a draft from a plain form: tables, items, lists, marks, new indicators."""

from collections.abc import Mapping

from stats import editions
from stats.enums import Kind
from stats.models import Choice, ChoiceList, Comparability, Indicator, InstrumentVersion, Item


def put_content(version: InstrumentVersion, content: editions.Instrument) -> None:
    """Replace the rows of a draft; the indicators it is the first to ask for are made."""
    version.source = content.source
    version.unconfirmed = list(content.unconfirmed)
    plain = editions.to_data(content)
    version.tables = [{k: v for k, v in t.items() if k != "items"} for t in plain["tables"]]
    version.external = plain["external"]
    version.save()
    _clear(version)
    lists = _put_lists(version, content)
    indicators = _indicators(content)
    Item.objects.bulk_create(
        _item(version, item, indicators, lists) for t in content.tables for item in t.items
    )
    Comparability.objects.bulk_create(
        Comparability(
            version=version,
            before=indicators[mark.indicator],
            now=indicators[mark.now],
            mark=mark.mark,
            note=mark.note,
        )
        for mark in content.comparability
    )


def _clear(version: InstrumentVersion) -> None:
    version.items.all().delete()
    version.comparability.all().delete()
    Choice.objects.filter(list__version=version).delete()
    version.lists.all().delete()


def _put_lists(version: InstrumentVersion, content: editions.Instrument) -> dict[str, ChoiceList]:
    rows = ChoiceList.objects.bulk_create(
        ChoiceList(version=version, code=each.code, unconfirmed=each.unconfirmed)
        for each in content.lists.values()
    )
    lists = {row.code: row for row in rows}
    Choice.objects.bulk_create(
        Choice(list=lists[each.code], order=order, code=code, label_zh=words)
        for each in content.lists.values()
        for order, (code, words) in enumerate(each.choices, start=1)
    )
    return lists


def _indicators(content: editions.Instrument) -> dict[str, Indicator]:
    """The row of every indicator of the version and of its marks; new ones are added."""
    items = {i.indicator: i for t in content.tables for i in t.items}
    wanted = {*items, *(mark.indicator for mark in content.comparability)}
    wanted |= {mark.now for mark in content.comparability}
    known = set(Indicator.objects.filter(key__in=wanted).values_list("key", flat=True))
    Indicator.objects.bulk_create(_indicator(key, items.get(key)) for key in sorted(wanted - known))
    return {row.key: row for row in Indicator.objects.filter(key__in=wanted)}


def _indicator(key: str, item: editions.Item | None) -> Indicator:
    """What an item is the first to ask for; one that only a mark names is known by its key."""
    if item is None:
        return Indicator(key=key, name_zh=key, kind=Kind.NUMBER)
    return Indicator(
        key=key,
        name_zh=item.label_zh,
        definition_zh=item.definition_zh,
        unit=item.unit,
        kind=item.kind,
    )


def _item(
    version: InstrumentVersion,
    item: editions.Item,
    indicators: Mapping[str, Indicator],
    lists: Mapping[str, ChoiceList],
) -> Item:
    return Item(
        version=version,
        indicator=indicators[item.indicator],
        code=item.code,
        table=item.table,
        section=item.section,
        order=item.order,
        indent=item.indent,
        label_zh=item.label_zh,
        kind=item.kind,
        unit=item.unit,
        choice_list=lists.get(item.choices),
        required=item.required,
        visible_if=item.visible_if,
        decimals=item.decimals,
        least=item.least or None,
        most=item.most or None,
        definition_zh=item.definition_zh,
        unconfirmed=item.unconfirmed,
    )
