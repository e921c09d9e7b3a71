"""What makes a 2 or a 3, and its editing: what may change, both wordings kept, nothing lost, the next edition."""

import pytest
from django.conf import settings
from django.urls import reverse

from accounts.enums import SkrRole
from checklist.actions import shape as editions
from checklist.actions.wording import change_item_texts, change_labels
from checklist.enums import LinkKind, WordingPart, WordingStatus
from checklist.guidance import guidance_for, item_texts, label_texts
from checklist.loading import shipped
from checklist.models import Checklist, Guidance, Item, WordingChange
from checklist.templatetags.guidance import guidance_fold
from improvements.models import Effort
from kit.models import AuditEvent
from kit.refusals import ActionRefused
from kit.staleness import Stale, digest
from tests.factories import AssessmentFactory, CohortFactory, EffortFactory, ParticipationFactory, UserFactory

pytestmark = pytest.mark.django_db
EVERY = ("skr-2017", "skr-2018", "skr-2020", "skr-2023-overgripande", "skr-2023-namnd")


@pytest.fixture
def lena():
    return UserFactory(name="Lena", skr_role=SkrRole.PROCESS_LEADER)


def version(key):
    return Checklist.objects.get(key=key)


def moment(key, number=1):
    return Item.objects.select_related("checklist").get(checklist__key=key, number=number)


def use(key):
    cohort = CohortFactory(plan__checklist=key)
    return AssessmentFactory(participation=ParticipationFactory(cohort=cohort), meeting=None)


def change(item, by, reason="SKR:s språkgranskning", seen=None, **texts):
    drawn = {name: item_texts(item)[name] for name in texts}
    return change_item_texts(item=item, seen=seen or digest(drawn), reason=reason, by=by, **texts)


def relabel(checklist, by, **texts):
    drawn = {name: label_texts(checklist)[name] for name in texts}
    return change_labels(checklist=checklist, seen=digest(drawn), reason="Nya ord", by=by, **texts)


class TestContent:
    """Every moment of every version says what it is about and what each step takes."""

    @pytest.mark.parametrize("key", EVERY)
    def test_every_moment_and_step_is_covered(self, key):
        checklist = version(key)
        steps, guidance = list(checklist.steps.all()), guidance_for(checklist)
        assert set(guidance) == {item.pk for item in checklist.items.all()}
        for item in checklist.items.all():
            item_guidance = guidance[item.pk]
            assert item_guidance.about, item
            assert [(row.value, row.label) for row in item_guidance.steps] == [
                (step.value, step.label) for step in steps
            ], item
            assert all(row.enough for row in item_guidance.steps), item
            assert [bool(row.not_yet) for row in item_guidance.steps] == [False, *[True] * (len(steps) - 1)], item
            assert not item_guidance.official

    def test_no_text_is_long_or_unfinished(self):
        texts = [text for row in Guidance.objects.all() for text in (row.enough, row.not_yet) if text]
        assert max(map(len, texts)) <= 400
        assert [text for text in texts if not text.endswith(".") or text != text.strip()] == []

    def test_a_board_reads_of_boards_and_the_whole_of_its_assembly(self):
        board, whole = (
            " ".join(row.enough for row in Guidance.objects.filter(item__checklist__key=key))
            for key in ("skr-2023-namnd", "skr-2023-overgripande")
        )
        assert ("ämnden" in board, "Fullmäktige " in board) == (True, False)
        assert ("Nämnden" in whole, "Fullmäktige" in whole) == (False, True)

    def test_in_one_question(self, django_assert_num_queries):
        checklist = version("skr-2018")
        with django_assert_num_queries(1):
            [row.label for guidance in guidance_for(checklist).values() for row in guidance.steps]

    def test_a_changed_label_or_text_is_drawn_anew(self):
        item = moment("skr-2018")

        def fold() -> str:
            return guidance_fold(guidance_for(item.checklist)[item.pk], item.number)

        assert fold() == fold()
        item.checklist.steps.filter(value=1).update(label="Inget alls")
        assert "1. Inget alls" in fold()
        item.guidance.filter(step__value=2).update(enough="Något annat.")
        assert "Något annat." in fold()
        assert guidance_fold(None, item.number) == ""

    def test_a_moment_nobody_has_written_about_is_not_there(self):
        item = moment("skr-2018")
        item.guidance.all().delete()
        assert item.pk not in guidance_for(item.checklist)


class TestLock:
    """Used or not, SKR's own or working, first time or second: all that may happen to a text."""

    def test_an_unused_versions_texts_change_freely(self, lena):
        for text in ("Första", "Andra", "Tredje"):
            change(moment("skr-2018"), lena, text=text)
        assert moment("skr-2018").text == "Tredje"

    @pytest.mark.parametrize("texts", [{"text": "Nytt"}, {"text": "Nytt", "text_official": True}])
    def test_a_used_versions_published_wording_stands(self, lena, texts):
        use("skr-2018")
        with pytest.raises(ActionRefused, match="Den ändras inte längre"):
            change(moment("skr-2018"), lena, **texts)
        assert moment("skr-2018").text != "Nytt"

    def test_working_wording_in_use_does_not_give_way_to_other_working_wording(self, lena):
        use("skr-2020")
        with pytest.raises(ActionRefused, match="bara bytas mot SKR:s egen") as refused:
            change(moment("skr-2020"), lena, text="Nytt", text_official=False)
        assert refused.value.field == "text_official"

    def test_it_gives_way_once_to_skrs_own_and_both_are_kept(self, lena):
        use("skr-2020")
        before = moment("skr-2020").text
        change(moment("skr-2020"), lena, text="SKR:s ord", text_official=True)
        with pytest.raises(ActionRefused, match="ändras inte längre"):
            change(moment("skr-2020"), lena, text="SKR:s nya ord", text_official=True)
        kept = WordingChange.objects.get()
        assert (kept.before, kept.after, kept.official, kept.changed_by) == (before, "SKR:s ord", True, lena)

    def test_the_same_words_may_be_said_to_be_skrs_own(self, lena):
        use("skr-2020")
        text = moment("skr-2020").text
        change(moment("skr-2020"), lena, text=text, text_official=True)
        assert WordingChange.objects.get().is_confirmation
        with pytest.raises(ActionRefused, match="ändras inte längre"):
            change(moment("skr-2020"), lena, text="Nytt", text_official=True)

    def test_guidance_has_its_own_lock_beside_a_published_wording(self, lena):
        use("skr-2018")
        item = moment("skr-2018")
        with pytest.raises(ActionRefused, match="bara bytas mot SKR:s egen") as refused:
            change(item, lena, about="Nytt", guidance_official=False)
        assert refused.value.field == "guidance_official"
        change(item, lena, about="SKR:s ord om momentet", guidance_official=True)
        assert guidance_for(item.checklist)[item.pk].official
        with pytest.raises(ActionRefused, match="ändras inte längre"):
            change(item, lena, enough_2="Nytt", guidance_official=True)

    def test_one_moments_lock_is_not_anothers(self, lena):
        use("skr-2018")
        change(moment("skr-2018", 1), lena, guidance_official=True)
        assert change(moment("skr-2018", 2), lena, about="SKR:s ord", guidance_official=True)

    def test_guidance_in_use_is_replaced_but_not_taken_away(self, lena):
        use("skr-2018")
        with pytest.raises(ActionRefused, match="bytas ut men inte tas bort"):
            change(moment("skr-2018"), lena, about="", guidance_official=True)

    def test_labels_follow_the_same_rule(self, lena):
        use("skr-2020")
        checklist = version("skr-2020")
        with pytest.raises(ActionRefused, match="bara bytas mot SKR:s egen"):
            relabel(checklist, lena, label_2="En bit på väg", labels_official=False)
        relabel(checklist, lena, label_2="En bit på väg", labels_official=True)
        with pytest.raises(ActionRefused, match="ändras inte längre"):
            relabel(checklist, lena, label_2="Igen", labels_official=True)
        assert checklist.steps.get(value=2).label == "En bit på väg"

    def test_when_the_last_working_text_has_given_way_the_version_is_no_working_wording(self, lena):
        use("skr-2020")
        for item in version("skr-2020").items.all():
            assert version("skr-2020").is_working_wording
            change(item, lena, text_official=True)
        assert version("skr-2020").is_working_wording
        relabel(version("skr-2020"), lena, labels_official=True)
        assert version("skr-2020").wording_status == WordingStatus.PUBLISHED

    def test_in_an_unused_version_skrs_own_may_become_working_again(self, lena):
        change(moment("skr-2020"), lena, text="Ett", text_official=True)
        change(moment("skr-2020"), lena, text="Två", text_official=False)
        assert not item_texts(moment("skr-2020"))["text_official"]


class TestHistory:
    def test_each_text_has_its_own_with_who_and_why(self, lena):
        item = moment("skr-2018")
        change(item, lena, text="Nytt", enough_2="Så mycket", not_yet_2="Men inte så lite")
        rows = {(row.part, row.step and row.step.value): row for row in WordingChange.objects.select_related("step")}
        assert set(rows) == {(WordingPart.ITEM, None), (WordingPart.GUIDANCE, 2)}
        assert rows[WordingPart.GUIDANCE, 2].after == "Så mycket\nDet här räcker inte än: Men inte så lite"
        assert {(row.reason, row.changed_by) for row in rows.values()} == {("SKR:s språkgranskning", lena)}

    def test_one_row_of_skrs_trail(self, lena):
        change(moment("skr-2018"), lena, text="Nytt", enough_2="Så mycket")
        event = AuditEvent.objects.get(kind="wording_changed")
        assert (event.organisation, event.data["after"], event.data["what"]) == (
            "",
            "Nytt",
            "formuleringen, vägledningen till steg 2",
        )

    def test_not_without_a_reason(self, lena):
        with pytest.raises(ActionRefused, match="Skriv varför") as refused:
            change(moment("skr-2018"), lena, reason=" ", text="Nytt")
        assert (refused.value.field, moment("skr-2018").text == "Nytt") == ("reason", False)

    def test_the_same_again_is_no_change(self, lena):
        item = moment("skr-2018")
        assert change(item, lena, text=item.text) == []
        assert not WordingChange.objects.exists()

    def test_of_two_the_later_is_shown_what_the_earlier_saved(self, lena):
        item = moment("skr-2018")
        drawn = digest({"text": item.text})
        change(item, lena, text="Lenas")
        with pytest.raises(Stale) as stale:
            change(item, lena, seen=drawn, text="Mitt")
        assert (stale.value.stored, moment("skr-2018").text) == ({"text": "Lenas"}, "Lenas")

    def test_guidance_that_is_emptied_is_gone(self, lena):
        item = moment("skr-2018")
        change(item, lena, enough_2="", not_yet_2="")
        assert [row.value for row in guidance_for(item.checklist)[item.pk].steps] == [1, 3]


class TestEditing:
    """In the browser."""

    url = "checklist:reword"

    def post(self, client, item, button="", **texts):
        url = reverse(self.url, args=[item.checklist.key, item.number])
        form = client.get(url).context["form"]
        drawn = {name: form[name].value() for name in form.fields}
        posted = {name: value for name, value in (drawn | texts).items() if value not in (None, False)}
        return client.post(url, posted | ({button: ""} if button else {}))

    def test_saved_with_a_reason(self, client, lena):
        client.force_login(lena)
        answer = self.post(client, moment("skr-2018", 6), about="Nya ord", reason="Klarare")
        assert answer.url == f"{reverse('checklist:version', args=['skr-2018'])}#moment-6"
        assert guidance_for(version("skr-2018"))[moment("skr-2018", 6).pk].about == "Nya ord"

    def test_a_preview_shows_the_moment_and_stores_nothing(self, client, lena):
        client.force_login(lena)
        answer = self.post(client, moment("skr-2018", 6), "preview", text="Ny lydelse", enough_2="Nya ord", reason="")
        assert answer.status_code == 200
        assert "Så kommer det att se ut" in answer.text
        assert answer.text.count("Ny lydelse") == 2  # in the preview and in the field
        assert not WordingChange.objects.exists()
        assert moment("skr-2018", 6).text != "Ny lydelse"

    def test_the_preview_can_be_saved(self, client, lena):
        client.force_login(lena)
        form = self.post(client, moment("skr-2018", 6), "preview", text="Ny lydelse").context["form"]
        posted = {name: form[name].value() for name in form.fields if form[name].value()}
        client.post(reverse(self.url, args=["skr-2018", 6]), posted | {"reason": "Klarare"})
        assert moment("skr-2018", 6).text == "Ny lydelse"

    def test_without_a_reason_nothing_is_stored_and_the_words_stay(self, client, lena):
        client.force_login(lena)
        answer = self.post(client, moment("skr-2018", 6), text="Ny lydelse")
        assert (answer.status_code, "Skriv varför texten ändras." in answer.text) == (422, True)
        assert "Ny lydelse" in answer.text

    def test_a_stale_save_shows_both_and_then_goes_through(self, client, lena):
        client.force_login(lena)
        item, url = moment("skr-2018", 6), reverse(self.url, args=["skr-2018", 6])
        form = client.get(url).context["form"]
        posted = {name: form[name].value() for name in form.fields if form[name].value()}
        change(item, UserFactory(), text="Kollegans ord")
        answer = client.post(url, posted | {"text": "Mina ord", "reason": "Klarare"})
        assert answer.status_code == 422
        assert "Kollegans ord" in answer.text
        assert "Mina ord" in answer.text
        seen = answer.context["form"]["seen"].value()
        client.post(url, posted | {"text": "Mina ord", "reason": "Klarare", "seen": seen})
        assert moment("skr-2018", 6).text == "Mina ord"

    def test_what_is_locked_is_told_instead_of_asked_for(self, client, lena):
        use("skr-2018")
        client.force_login(lena)
        page = client.get(reverse(self.url, args=["skr-2018", 6]))
        assert "Formuleringen är låst" in page.text
        assert 'name="text"' not in page.text
        assert 'name="about"' in page.text
        change(moment("skr-2018", 6), lena, guidance_official=True)
        page = client.get(reverse(self.url, args=["skr-2018", 6])).text
        assert "Vägledningen är låst" in page
        assert 'name="reason"' not in page

    def test_what_was_open_when_the_page_was_drawn_is_refused_and_kept(self, client, lena):
        client.force_login(lena)
        url = reverse(self.url, args=["skr-2018", 6])
        form = client.get(url).context["form"]
        posted = {name: form[name].value() for name in form.fields if form[name].value()}
        use("skr-2018")
        answer = client.post(url, posted | {"text": "Mina ord", "reason": "Klarare"})
        assert answer.status_code == 422
        assert "Den ändras inte längre." in answer.text
        assert "Mina ord" in answer.text

    def test_too_little_for_a_step_needs_what_is_enough(self, client, lena):
        client.force_login(lena)
        answer = self.post(client, moment("skr-2018", 6), enough_2="", reason="Klarare")
        assert (answer.status_code, "Skriv också vad som räcker för steget." in answer.text) == (422, True)

    def test_labels(self, client, lena):
        client.force_login(lena)
        url = reverse("checklist:version_steps", args=["skr-2018"])
        form = client.get(url).context["form"]
        posted = {name: form[name].value() for name in form.fields if form[name].value()}
        posted |= {"label_2": "En bit på väg", "reason": "Klarare"}
        assert "En bit på väg" in client.post(url, posted | {"preview": ""}).text
        assert not WordingChange.objects.exists()
        client.post(url, posted)
        assert version("skr-2018").steps.get(value=2).label == "En bit på väg"
        page = client.get(reverse("checklist:version", args=["skr-2018"])).text
        assert "Finns men behöver utvecklas" in page  # both stand in the history
        assert "En bit på väg" in page


class TestPage:
    def test_for_everyone_with_guidance_kin_and_history(self, client, lena):
        item = moment("skr-2018", 5)
        before = item.text
        change(item, lena, text="Ny lydelse")
        client.force_login(UserFactory())
        page = client.get(reverse("checklist:version", args=["skr-2018"])).text
        assert page.count("Vad räcker för varje steg?") == 10
        assert page.count("Vägledningen är preliminär") == 10
        assert "Kommer från" in page
        assert "Blev" in page
        assert before in page
        assert "Historik" in page
        assert "Lena" in page
        assert "Ändra texterna" not in page

    def test_skrs_own_guidance_is_not_called_working_wording(self, client, lena):
        change(moment("skr-2018", 5), lena, guidance_official=True)
        client.force_login(lena)
        page = client.get(reverse("checklist:version", args=["skr-2018"])).text
        assert page.count("Vägledningen är preliminär") == 9

    def test_asks_the_database_as_often_however_much_has_changed(self, client, lena, django_assert_max_num_queries):
        for number in range(1, 6):
            change(moment("skr-2018", number), lena, text=f"Lydelse {number}", about="Nytt")
        client.force_login(lena)
        with django_assert_max_num_queries(25):
            client.get(reverse("checklist:version", args=["skr-2018"]))
        with django_assert_max_num_queries(25):
            client.get(reverse("checklist:reword", args=["skr-2018", 1]))


class TestNextEdition:
    @pytest.fixture
    def new(self, lena):
        return editions.copy_checklist(
            checklist=version("skr-2023-namnd"), key="skr-2027", name="Checklista 2027", year=2027, by=lena
        )

    def test_all_comes_along_and_each_moment_knows_its_origin(self, new):
        old = version("skr-2023-namnd")
        for rows in (lambda v: v.items.values_list("key", "number", "text", "short", "block", "owner"), labels_of):
            assert list(rows(new)) == list(rows(old))
        of_new, of_old = guidance_for(new), guidance_for(old)
        for item in new.items.all():
            link = item.origins.get()
            assert (link.kind, link.old.key, link.old.checklist) == (LinkKind.SAME, item.key, old)
            assert of_new[item.pk].about == of_old[link.old_id].about
            assert [row.value for row in of_new[item.pk].steps] == [step.value for step in new.steps.all()]
            assert all(row.step.checklist == new for row in item.guidance.exclude(step=None))
            assert item.questions.count() == link.old.questions.count()
        assert new.is_working_wording
        assert not new.is_used()

    def test_two_clicks_give_one(self, lena, new):
        again = editions.copy_checklist(
            checklist=version("skr-2023-namnd"), key=new.key, name=new.name, year=new.year, by=lena
        )
        assert (again, AuditEvent.objects.filter(kind="checklist_copied").count()) == (new, 1)

    def test_a_key_is_one_versions(self, lena):
        with pytest.raises(ActionRefused, match="redan en version") as refused:
            editions.copy_checklist(checklist=version("skr-2018"), key="skr-2017", name="Ny", year=2027, by=lena)
        assert refused.value.field == "key"

    def test_moment_are_added_moved_and_removed_without_a_gap(self, lena, new):
        fields = {"text": "Ett nytt moment", "short": "Nytt", "block": "", "owner": ""}
        editions.add_item(checklist=new, number=3, by=lena, **fields)
        editions.add_item(checklist=new, number=3, by=lena, **fields)  # a double click
        assert [(i.number, i.key) for i in new.items.all()][1:4] == [
            (2, "political_demand"),
            (3, "nytt"),
            (4, "top_managers_conditions"),
        ]
        item = new.items.get(key="nytt")
        stored = {"number": 3, "short": "Nytt", "block": "", "owner": ""}
        editions.edit_item(item=item, seen=digest(stored), by=lena, **(stored | {"number": 11}))
        assert new.items.get(key="nytt").number == 11
        editions.remove_item(item=new.items.get(number=1), by=lena)
        assert list(new.items.values_list("number", flat=True)) == list(range(1, 11))
        assert new.items.get(number=10).key == "nytt"

    def test_steps_are_three_or_four(self, lena, new):
        with pytest.raises(ActionRefused, match="högst fyra"):
            editions.add_step(checklist=new, label="Femte", by=lena)
        editions.remove_step(checklist=new, by=lena)
        assert {len(guidance.steps) for guidance in guidance_for(new).values()} == {3}
        with pytest.raises(ActionRefused, match="minst tre"):
            editions.remove_step(checklist=new, by=lena)
        with pytest.raises(ActionRefused, match="Skriv vad steget ska heta"):
            editions.add_step(checklist=new, label=" ", by=lena)
        assert editions.add_step(checklist=new, label="Fjärde", by=lena).value == 4

    def test_links_to_older_moment(self, lena, new):
        item, old = new.items.get(number=1), moment("skr-2017", 4)
        editions.link_item(item=item, old=old, kind=LinkKind.RELATED, by=lena)
        editions.link_item(item=item, old=old, kind=LinkKind.MERGED, by=lena)
        assert item.origins.get(old=old).kind == LinkKind.MERGED
        editions.unlink_item(link=item.origins.get(old=old), by=lena)
        assert item.origins.count() == 1
        with pytest.raises(ActionRefused, match="tidigare version"):
            editions.link_item(item=moment("skr-2017"), old=item, kind=LinkKind.SAME, by=lena)

    def test_once_used_its_shape_stands(self, lena, new):
        use(new.key)
        item = new.items.get(number=1)
        fields = {"number": 1, "short": "Ny", "block": "", "owner": ""}
        for attempt in (
            lambda: editions.add_item(checklist=new, text="Ny", by=lena, **fields),
            lambda: editions.edit_item(item=item, seen="", by=lena, **fields),
            lambda: editions.remove_item(item=item, by=lena),
            lambda: editions.remove_step(checklist=new, by=lena),
            lambda: editions.link_item(item=item, old=moment("skr-2017"), kind=LinkKind.SAME, by=lena),
            lambda: editions.unlink_item(link=item.origins.get(), by=lena),
            lambda: editions.edit_checklist(checklist=new, seen="", by=lena, name="Ny", half_steps=False),
            lambda: editions.delete_checklist(checklist=new, by=lena),
        ):
            with pytest.raises(ActionRefused, match="Checklistan används"):
                attempt()

    def test_an_unused_one_is_deleted_if_nothing_refers_to_it(self, lena, new):
        later = editions.copy_checklist(checklist=new, key="skr-2028", name="Checklista 2028", year=2028, by=lena)
        with pytest.raises(ActionRefused, match="senare version bygger"):
            editions.delete_checklist(checklist=new, by=lena)
        CohortFactory(plan__checklist="skr-2028")
        with pytest.raises(ActionRefused, match="används i en omgång"):
            editions.delete_checklist(checklist=later, by=lena)
        later.assessmentplans.all().delete()
        editions.delete_checklist(checklist=later, by=lena)
        editions.delete_checklist(checklist=new, by=lena)
        assert set(Checklist.objects.values_list("key", flat=True)) == set(EVERY)

    def test_what_came_with_the_system_stays(self, lena):
        assert shipped(settings.DATA_DIR / "checklists.json") == set(EVERY)
        with pytest.raises(ActionRefused, match="tidigare checklistor"):
            editions.delete_checklist(checklist=version("skr-2023-namnd"), by=lena)

    def test_a_moment_someone_works_with_is_not_removed(self, lena, new):
        effort = EffortFactory(item=new.items.get(number=2))
        with pytest.raises(ActionRefused, match="Någon arbetar med momentet"):
            editions.remove_item(item=effort.item, by=lena)
        assert Effort.objects.get().item.number == 2

    def test_half_steps_stay_where_an_omgang_uses_them(self, lena, new):
        Checklist.objects.filter(pk=new.pk).update(half_steps=True)
        CohortFactory(plan__checklist=new.key, plan__half_steps=True)
        with pytest.raises(ActionRefused, match="halva steg"):
            editions.edit_checklist(checklist=new, seen="", by=lena, half_steps=False)

    def test_the_whole_way_in_the_browser(self, client, lena):
        client.force_login(lena)

        def go(page, *args, **fields):
            url = reverse(f"checklist:{page}", args=args)
            form = client.get(url).context["form"] if page != "version_step" else None
            drawn = {key: form[key].value() for key in form.fields} if form else {}
            posted = {key: value for key, value in (drawn | fields).items() if value not in (None, False)}
            answer = client.post(url, posted)
            assert answer.status_code == 302, (page, answer.context["form"].errors)
            return answer

        go("version_copy", "skr-2018", key="skr-2027", name="Checklista 2027")
        go("version_edit", "skr-2027", year="2027", level="namnd_forvaltning", half_steps=False)
        go("version_item_add", "skr-2027", text="Ett nytt moment", short="Nytt", number="11")
        go("version_item", "skr-2027", 11, number="1", block="forbattringsarbete", owner="officials")
        go("reword", "skr-2027", 1, text="Ett annat moment", about="Om det", enough_1="Lite", reason="Första lydelsen")
        go("version_links", "skr-2027", 1, old=str(moment("skr-2017", 4).pk), kind="related")
        go("version_links", "skr-2027", 1, remove=str(moment("skr-2027").origins.get().pk))
        go("version_step", "skr-2027", label="Ännu mer")
        go("version_item_remove", "skr-2027", 11)
        new = version("skr-2027")
        assert (new.year, new.level, new.half_steps, new.steps.count()) == (2027, "namnd_forvaltning", False, 4)
        first = new.items.get(number=1)
        assert (first.text, first.owner, first.origins.count()) == ("Ett annat moment", "officials", 0)
        assert new.items.count() == 10
        go("version_delete", "skr-2027")
        assert not Checklist.objects.filter(key="skr-2027").exists()

    @pytest.mark.parametrize("name", ["version_edit", "version_delete", "version_item_add"])
    def test_a_used_versions_pages_say_why_instead_of_a_form(self, client, lena, name):
        use("skr-2018")
        client.force_login(lena)
        page = client.get(reverse(f"checklist:{name}", args=["skr-2018"])).text
        assert "Checklistan används i en självskattning." in page
        assert '<form method="post" class="form"' not in page

    def test_two_who_edit_the_same_lose_nothing(self, client, lena, new):
        client.force_login(lena)
        url = reverse("checklist:version_edit", args=[new.key])
        form = client.get(url).context["form"]
        posted = {name: form[name].value() for name in form.fields if form[name].value()}
        Checklist.objects.filter(pk=new.pk).update(name="Kollegans namn")
        answer = client.post(url, posted | {"name": "Mitt namn"})
        assert answer.status_code == 422
        assert "Kollegans namn" in answer.text
        assert "Mitt namn" in answer.text
        assert version(new.key).name == "Kollegans namn"


def labels_of(checklist):
    return checklist.steps.values_list("value", "label")
