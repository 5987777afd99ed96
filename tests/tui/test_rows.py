"""Lists of rows: what is drawn, and what a key draws anew."""

from rich.cells import cell_len
from textual.app import App, ComposeResult

from relcraft.tui.rows import Pieces, RowList
from relcraft.tui.signs import across, fit, rising, steps, wrap
from relcraft.tui.themes import OWN_TOKENS
from tests.tui.widget_host import seen


class Numbers(RowList[int]):
    """Numbers as rows; counts how often it draws."""

    drawn = 0

    def key_of(self, item: int) -> str:
        return str(item)

    def draw(self, item: int, width: int) -> Pieces:
        self.drawn += 1
        return [(f"number {item}", "quiet")]

    def can_select(self, item: int) -> bool:
        return item % 10 != 5


class RowsApp(App[None]):
    """One list."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.count = count
        self.told: list[int | None] = []

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return OWN_TOKENS

    def compose(self) -> ComposeResult:
        yield Numbers(empty="Nothing here. a adds something that is told in a longer sentence.")

    def on_mount(self) -> None:
        self.rows.show(range(self.count))

    @property
    def rows(self) -> Numbers:
        return self.query_one(Numbers)

    def on_row_list_highlighted(self, event: RowList.Highlighted) -> None:
        self.told.append(event.rows.current)


async def test_only_what_is_seen_is_drawn_and_a_key_draws_little() -> None:
    app = RowsApp(200_000)
    async with app.run_test(size=(40, 20)) as pilot:
        await pilot.pause()
        assert app.rows.drawn < 200
        before = app.rows.drawn
        await pilot.press("j")
        await pilot.pause()
        assert app.rows.drawn - before <= 4
        await pilot.press("G")
        await pilot.pause()
        assert "number 199999" in seen(app)
        assert app.rows.drawn < 300


async def test_the_cursor_passes_rows_that_are_only_read() -> None:
    app = RowsApp(16)
    async with app.run_test(size=(40, 20)) as pilot:
        await pilot.press(*["j"] * 5)
        assert app.rows.cursor == 6
        await pilot.press("k")
        assert app.rows.cursor == 4
        await pilot.press("G")
        assert app.rows.cursor == 14, "the last row cannot be selected"


async def test_the_cursor_stays_on_its_item_when_the_list_changes() -> None:
    app = RowsApp(100)
    async with app.run_test(size=(40, 20)) as pilot:
        await pilot.press(*["j"] * 8)
        app.rows.show([9, 8, 50], stay_on="9")
        await pilot.pause()
        assert app.rows.current == 9
        app.rows.show([8, 50])
        await pilot.pause()
        assert app.rows.current == 8
        app.rows.show([])
        await pilot.pause()
        assert not app.rows.items
        assert "Nothing here. a adds something that" in seen(app)
    assert app.told[-3:] == [9, 8, None]


async def test_rows_fit_beside_the_scroll_bar() -> None:
    app = RowsApp(3)
    async with app.run_test(size=(14, 10)) as pilot:
        app.rows.show(range(1000, 1004))
        await pilot.pause()
        assert seen(app).splitlines()[0].startswith("▌ number 100")
        app.rows.show(range(1000, 1100))
        await pilot.pause()
        await pilot.pause()
        assert seen(app).splitlines()[0] == "▌ number 1000▐"


def test_text_is_fitted_by_cells() -> None:
    for text in ("Ada", "高瀬 ちひろ", "Ada\nLovelace\t", "e\u0301" * 20, "👩‍💻 Radia", ""):
        for width in range(12):
            assert cell_len(fit(text, width)) == width
    assert fit("Rafael Quintanilha", 10) == "Rafael Q.."


def test_long_text_is_broken_between_words_and_none_is_lost() -> None:
    assert wrap("one two three", 7) == ["one two", "three"]
    assert wrap("abcdefghij kl", 4) == ["abcd", "efgh", "ij", "kl"]
    assert wrap("", 10) == [""]
    assert wrap("one\n\ntwo", 10) == ["one", "", "two"]
    assert all(cell_len(line) <= 5 for line in wrap("高瀬ちひろ is here", 5))


def test_bars_are_never_empty_for_what_is_above_nothing() -> None:
    assert (rising(0, 5), rising(0.01, 5), rising(5, 5)) == ("·", "▁", "▇")
    assert (across(0, 5, 10), across(0.01, 5, 10), across(5, 5, 10)) == ("", "▇", "▇" * 10)
    assert steps(2) == "▮▮  "
