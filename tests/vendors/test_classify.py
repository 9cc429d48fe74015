"""What each vendor's errors mean."""

import pytest

from statuspage.vendors.classify import classify
from statuspage.vendors.errorbody import read_error
from statuspage.vendors.evidence import Evidence
from statuspage.vendors.registry import VENDORS
from tests.vendors.bodies import CASES, Case


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.vendor}: {case.row}")
def test_it_names_class_and_fault(case: Case) -> None:
    words = read_error(case.body.encode(), case.headers.get("content-type", ""))
    evidence = Evidence(status=case.status, words=words, headers=case.headers, where=case.where, now_ms=1_795_000_000_000)
    found = classify(evidence, VENDORS[case.vendor])
    assert (found.class_name, found.fault.value, found.confident) == (case.class_name, case.fault, case.confident)
