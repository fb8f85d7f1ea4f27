"""A village or neighbourhood in a form: picked from a few, or called by its name where there are too many to pick from.

1,979 options would make a page of 136 KB that nobody scrolls through on a phone. A name that several places share, or
that no place has in full, is asked back: what is meant is then picked.
"""

from flask_wtf import FlaskForm
from wtforms import SelectField, StringField
from wtforms.validators import Length

from bot.console.options import WHOLE, options
from bot.office import areas as office
from bot.office.act import Act
from bot.store.areas import Area

# As many as fit into one field: a township has some twenty.
FEW = 60
UNKNOWN, OPEN = "不清楚在哪儿", "请选一个"


class PlaceForm(FlaskForm):
    """`place` is typed, `area_code` picked from what is called so. `is_typed`: there is nothing to pick."""

    is_typed = False
    # Found once a request: to look for a name goes through all areas there are.
    _found: list[Area] | None = None
    place = StringField(validators=[Length(max=office.LONGEST_SOUGHT, message="名字太长了")])
    area_code = SelectField(default=WHOLE)

    @property
    def typed(self) -> str:
        """The name as it was typed."""
        return (self.place.data or "").strip()

    def offer(self, act: Act) -> None:
        """What there is to pick from: all of the member's communities when they are few, else those called so."""
        own = [one for one in act.areas.communities() if act.covers(one.code)]
        found = own if len(own) <= FEW else self._to_pick_from(act)
        none = OPEN if act.member.area_code else UNKNOWN
        first = [] if act.member.area_code and len(found) == 1 else [(WHOLE, none)]
        self.is_typed = not found or bool(self._only(act))
        self.area_code.choices = options(
            [*first, *((one.code, act.areas.full_name(one.code)) for one in found)]
        )

    def settle(self, act: Act) -> bool:
        """Whether it is clear where: the only place of that very name is taken, one of several or of nearly that name
        when it was picked. If not, the field says so.
        """
        if self.place.errors:
            return False
        if not self.typed:
            return self._is_enough(act)
        called = self._called(act)
        if any(one.code == self.area_code.data for one in called):
            return True
        if only := self._only(act):
            self.area_code.data = only.code
            return True
        self.place.errors = [self._asked_back(act, called)]
        return False

    def _is_enough(self, act: Act) -> bool:
        if self.area_code.data or not act.member.area_code:
            return True
        self.place.errors = ["请写明是哪个村、社区"]
        return False

    def _asked_back(self, act: Act, called: list[Area]) -> str:
        if not called:
            return "没有叫这个名字的村或社区"
        if any(_is_named(act, one, self.typed) for one in called):
            return "有好几个地方叫这个，请在下面选一个"
        return "没有正好叫这个名字的，请在下面选一个"

    def _only(self, act: Act) -> Area | None:
        """The one place of the very name that was typed."""
        exact = [one for one in self._called(act) if _is_named(act, one, self.typed)]
        return exact[0] if len(exact) == 1 else None

    def _called(self, act: Act) -> list[Area]:
        if self._found is None:
            self._found = [one for one in office.find(act, self.typed) if one.is_community]
        return self._found

    def _to_pick_from(self, act: Act) -> list[Area]:
        picked = act.areas.get(self.area_code.data or "")
        mine = [picked] if picked and picked.is_community and act.covers(picked.code) else []
        return [*mine, *(one for one in self._called(act) if one not in mine)]


def _is_named(act: Act, area: Area, said: str) -> bool:
    """Whether somebody said its name, alone or with those of the areas above it, and not a part of it."""
    above = [one.short_name for code in act.areas.path(area.code)[:-1] if (one := act.areas.get(code))]
    written = ["".join(above[start:]) for start in range(len(above) + 1)]
    return any(said.startswith(one) and area in act.areas.find(said.removeprefix(one)) for one in written)
