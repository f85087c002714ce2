"""What is kept of names, and forgotten."""

from allonym.names.remembered import forget, remembered


def test_an_answer_is_worked_out_once_until_it_is_forgotten() -> None:
    asked = []

    @remembered(8)
    def length(text: str) -> int:
        asked.append(text)
        return len(text)

    assert [length("abc"), length("abc")] == [3, 3]
    assert asked == ["abc"]
    forget()
    assert length("abc") == 3
    assert asked == ["abc", "abc"]
