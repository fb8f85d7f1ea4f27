"""A village or neighbourhood in a form: picked from a few, or called by its name where there are too many to pick from.

1,979 options would make a page of 136 KB that nobody scrolls through on a phone. A name that several places share is asked
back: those are then offered to pick from.
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
UNKNOWN = "不清楚在哪儿"


class PlaceForm(FlaskForm):
    """`place` is typed, `area_code` picked; a picked one holds. `is_typed`: there is nothing to pick from yet."""

    is_typed = False
    place = StringField(validators=[Length(max=office.LONGEST_SOUGHT, message="名字太长了")])
    area_code = SelectField(default=WHOLE)

    def offer(self, act: Act) -> None:
        """What there is to pick from: all of the member's communities when they are few, else those called so."""
        own = [one for one in act.areas.communities() if act.covers(one.code)]
        found = own if len(own) <= FEW else self._called(act)
        unknown = [] if act.member.area_code else [(WHOLE, UNKNOWN)]
        named = [(one.code, act.areas.full_name(one.code)) for one in found]
        self.is_typed = not named
        self.area_code.choices = options([*unknown, *named])

    def settle(self, act: Act) -> bool:
        """Whether it is clear where: the only place called so is picked; for none, or several, the field says so."""
        if self.area_code.data or not (self.place.data or "").strip():
            return self._is_enough(act)
        called = self._called(act)
        if len(called) == 1:
            self.area_code.data = called[0].code
            return True
        self.place.errors = ["有好几个地方叫这个，请在下面选一个" if called else "没有叫这个名字的村或社区"]
        return False

    def _is_enough(self, act: Act) -> bool:
        if self.area_code.data or not act.member.area_code:
            return True
        self.place.errors = ["请写明是哪个村、社区"]
        return False

    def _called(self, act: Act) -> list[Area]:
        found = office.find(act, self.place.data or "")
        picked = act.areas.get(self.area_code.data or "")
        mine = [picked] if picked and picked.is_community and act.covers(picked.code) else []
        return [*mine, *(one for one in found if one.is_community and one not in mine)]
