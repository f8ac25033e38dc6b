"""What adds up and what does not: the five checks of arithmetic, on small ledgers whose faults are marked."""

from random import Random

import pytest
from checked import assert_worded, checked, marked
from hypothesis import given
from hypothesis import strategies as st

from ledger.diagnostic import Diagnostic
from ledger.money import swedish

ARITHMETIC = (
    "claim-contradicted",
    "parts-exceed-total",
    "parts-mismatch",
    "restatement-conflict",
    "total-mismatch",
)
OF = "title: Any, kind: assignment, year: 2024, unit: mnkr"

TOTALS = {
    "base and top-ups come to the total": """
        a: {OF, base: 28, top_ups: [{amount: 10}, {amount: 8}], total: 46}
    """,
    "base and top-ups do not come to the total": """
        a: {OF, base: 28, top_ups: [{amount: 18}], total: 47} # <- total-mismatch
    """,
    "they must agree to the öre": """
        a: {OF, base: 28, top_ups: [{amount: 18}], total: "46 000 000,01 kr"} # <- total-mismatch
    """,
    "units may differ": """
        a: {OF, base: 28, top_ups: [{amount: 18 000 tkr}], total: 46 000 000 kr}
    """,
    "a reduction is a negative top-up": """
        a: {OF, base: 28, top_ups: [{amount: -8}], total: 20}
    """,
    "no top-ups means none": """
        a: {OF, base: 28, total: 46} # <- total-mismatch
    """,
    "each figure is said in its own unit, also where it is only in scope": """
        a: {OF, base: 20–28, total: 46} # <- total-mismatch
        b: {title: Any, kind: assignment, year: 2024, unit: tkr, base: 28 mnkr, total: 46 000} # <- total-mismatch
        c: {OF, base: 46, total: 20–28} # <- total-mismatch
    """,
    "a top-up that is not stated leaves the rest open": """
        a: {OF, base: 28, top_ups: [{amount: 8}, {note: more}], total: 46}
    """,
    "a top-up that is not stated cannot be below zero": """
        a: {OF, base: 28, top_ups: [{amount: 28}, {note: more}], total: 46} # <- total-mismatch
        b: {OF, base: 46, top_ups: [{note: more}], total: 20–28} # <- total-mismatch
    """,
    "nor can one that is a line without an amount": """
        a: {OF, base: 46, top_ups: [{line: b}], total: 28} # <- total-mismatch
        b: {OF}
    """,
    "a base that is not stated cannot be below zero": """
        a: {OF, top_ups: [{amount: 47}], total: 46} # <- total-mismatch
    """,
    "nor can it be below zero by what the parts come to": """
        a: {OF, top_ups: [{amount: "46,2"}], total: ca 46, parts: { # <- total-mismatch
            b: {kind: grant, title: B, total: 46}}}
    """,
    "a base that is not stated can be zero": """
        a: {OF, top_ups: [{amount: 46}], total: 46}
    """,
    "a base that may be zero is not below it": """
        a: {OF, top_ups: [{amount: "46,5"}], total: ca 46}
        b: {OF, top_ups: [{amount: "46,6"}], total: ca 46} # <- total-mismatch
    """,
    "of two totals with the same limit, the one that does not reach it leaves less room": """
        a: {OF, top_ups: [{amount: 46}], total: 45–46}
        b: {OF, top_ups: [{amount: 46}], total: 45–46, restated: [{amount: drygt 45}]} # <- total-mismatch
    """,
    "and a total of nothing leaves less room than one that was cut to nothing": """
        a: {OF, top_ups: [{amount: "0,01 kr"}], total: 0, restated: [ # <- total-mismatch
            {amount: 0, cut_to: "0,01 kr"}]}
    """,
    "a total that is not stated cannot be below zero": """
        a: {OF, base: 28, top_ups: [{amount: -30}]} # <- total-mismatch
    """,
    "a reduction by itself is below zero and may be": """
        a: {OF, base: -5}
        b: {OF, total: -5}
        c: {OF, top_ups: [{amount: -5}]}
    """,
    "a top-up that is a line has its total": """
        a: {OF, base: 28, top_ups: [{line: b}], total: 46}
        b: {OF, total: 18}
        c: {OF, base: 28, top_ups: [{line: d}], total: 46} # <- total-mismatch
        d: {OF, total: 19}
    """,
    "a top-up that is an unknown line is not known": """
        a: {OF, base: 28, top_ups: [{line: nowhere}], total: 29}
    """,
    "intervals must overlap": """
        a: {OF, base: drygt 28, top_ups: [{amount: 18}], total: 46}
        b: {OF, base: drygt 28, top_ups: [{amount: 18}], total: 47} # <- total-mismatch
        c: {OF, base: knappt 28, top_ups: [{amount: 18}], total: 46}
        d: {OF, base: knappt 28, top_ups: [{amount: 18}], total: 45} # <- total-mismatch
        e: {OF, base: 20–28, top_ups: [{amount: 18}], total: 38}
        f: {OF, base: minst 28, top_ups: [{amount: 18}], total: 1 mdkr}
    """,
    "the base that follows for a part is left to its line where the part is the rest": """
        a: {OF, total: 10, parts_are: complete, parts: { # <- parts-exceed-total
            b: {kind: grant, title: B, total: 12},
            c: {kind: grant, title: C, top_ups: [{amount: 1}]}}}
    """,
}

PARTS = {
    "parts that are not nothing do not come to zero": """
        a: {OF, total: 0, parts: {b: {kind: grant, title: B, total: 5}}} # <- parts-mismatch
    """,
    "complete parts come to the total": """
        a: {OF, total: 16, parts: {b: {kind: grant, title: B, total: 9}, c: {kind: grant, title: C, total: 7}}}
    """,
    "complete parts do not come to the total": """
        a: {OF, total: 16, parts: { # <- parts-mismatch
            b: {kind: grant, title: B, total: 9}, c: {kind: grant, title: C, total: 8}}}
    """,
    "parts are complete unless the line says otherwise": """
        a: {OF, total: 16, parts_are: partial, parts: {b: {kind: grant, title: B, total: 9}}}
        c: {OF, total: 16, parts_are: complete, parts: {b: {kind: grant, title: B, total: 9}}} # <- parts-mismatch
    """,
    "without a stated total, base and top-ups say it": """
        a: {OF, base: 10, top_ups: [{amount: 6}], parts: { # <- parts-mismatch
            b: {kind: grant, title: B, total: 9}}}
        c: {OF, base: 10, top_ups: [{amount: 6}], parts: {b: {kind: grant, title: B, total: 16}}}
    """,
    "without base or total nothing says what the parts come to": """
        a: {OF, parts: {b: {kind: grant, title: B, total: 9}}}
        c: {OF, top_ups: [{amount: 6}], parts: {b: {kind: grant, title: B, total: 9}}}
    """,
    "a line that states only its base is compared with the bases of its parts": """
        a: {OF, base: 16, parts: {
            b: {kind: grant, title: B, base: 9, top_ups: [{amount: 5}]}, c: {kind: grant, title: C, total: 7}}}
        d: {OF, base: 21, parts: { # <- parts-mismatch
            b: {kind: grant, title: B, base: 9, top_ups: [{amount: 5}]}, c: {kind: grant, title: C, total: 7}}}
    """,
    "also where these follow from their totals": """
        a: {OF, base: 21, parts: { # <- parts-mismatch
            b: {kind: grant, title: B, total: 14, top_ups: [{amount: 5}]}}}
        c: {OF, base: 21, parts: { # <- parts-mismatch
            d: {kind: grant, title: D, total: 7}}}
    """,
    "a total is compared with the totals of the parts": """
        a: {OF, total: 21, parts: {
            b: {kind: grant, title: B, base: 9, top_ups: [{amount: 5}]}, c: {kind: grant, title: C, total: 7}}}
    """,
    "a total that disagrees with base and top-ups is one fault, and one finding": """
        a: {OF, base: 28, top_ups: [{amount: 18}], total: 47, parts: { # <- total-mismatch
            b: {kind: grant, title: B, total: 47}}}
    """,
    "parts must agree with total and with base and top-ups": """
        a: {OF, base: 40, top_ups: [{amount: 6}], total: ca 46, parts: { # <- parts-mismatch
            b: {kind: grant, title: B, total: "45,8"}}}
    """,
    "the lines that lie in a line by of do not enter its equation": """
        a: {OF, total: 9, parts: {b: {kind: grant, title: B, total: 9}}}
        c: {OF, total: 4, of: a}
    """,
    "parts that are not counted are parts all the same": """
        a: {OF, total: 16, parts: { # <- parts-mismatch
            b: {kind: grant, title: B, total: 9}, c: {kind: grant, title: C, total: 8, counted: no}}}
    """,
    "a slip deep inside is found where the equation is": """
        a: {OF, total: 16, parts: {
            b: {kind: grant, title: B, total: 9, parts: { # <- parts-mismatch
              d: {kind: grant, title: D, total: 5}, e: {kind: grant, title: E, total: 5}}},
            c: {kind: grant, title: C, total: 7}}}
    """,
    "a part's total may follow from its parts or from its base and top-ups": """
        a: {OF, total: 17, parts: { # <- parts-mismatch
            b: {kind: grant, title: B, parts: {d: {kind: grant, title: D, total: 9}}},
            c: {kind: grant, title: C, base: 4, top_ups: [{amount: 3}]}}}
    """,
    "12 + 45 is not 58": """
        a: {OF, total: 58, parts: { # <- parts-mismatch
            b: {kind: grant, title: B, total: 12}, c: {kind: grant, title: C, total: 45}}}
    """,
    "12 + 45 is 58 where all are printed rounded to whole millions": """
        a: {OF, total: 58, rounded_to: 1 mnkr, parts: {
            b: {kind: grant, title: B, total: 12}, c: {kind: grant, title: C, total: 45}}}
    """,
    "one rounded figure is not enough for that": """
        a: {OF, total: {amount: 58, rounded_to: 1 mnkr}, parts: { # <- parts-mismatch
            b: {kind: grant, title: B, total: 12}, c: {kind: grant, title: C, total: 45}}}
    """,
    "ca 12 + ca 45 can be ca 58": """
        a: {OF, total: ca 58, parts: {
            b: {kind: grant, title: B, total: ca 12}, c: {kind: grant, title: C, total: ca 45}}}
    """,
    "drygt 28 and mer än 3 can be nära 32, though 28 + 3 is 31": """
        a: {OF, total: nära 32, parts: {
            b: {kind: grant, title: B, total: drygt 28}, c: {kind: grant, title: C, total: mer än 3}}}
    """,
    "28 and 3 cannot be nära 32, which is more than 31": """
        a: {OF, total: nära 32, parts: { # <- parts-mismatch
            b: {kind: grant, title: B, total: 28}, c: {kind: grant, title: C, total: 3}}}
    """,
    "what is cut off may be more, not less": """
        a: {OF, total: {amount: "6,2", cut_to: "0,1"}, parts: {b: {kind: grant, title: B, total: "6,29"}}}
        c: {OF, total: {amount: "6,2", cut_to: "0,1"}, parts: { # <- parts-mismatch
            b: {kind: grant, title: B, total: "6,3"}}}
    """,
}

FITTING = {
    "partial parts fit in their line": """
        a: {OF, total: 105, parts_are: partial, parts: {
            b: {kind: grant, title: B, total: 70}, c: {kind: grant, title: C, total: 35}}}
    """,
    "partial parts do not fit in their line": """
        a: {OF, total: 105, parts_are: partial, parts: { # <- parts-exceed-total
            b: {kind: grant, title: B, total: 70}, c: {kind: grant, title: C, total: 36}}}
    """,
    "the smallest sum that parts can have counts": """
        a: {OF, total: 105, parts_are: partial, parts: {
            b: {kind: grant, title: B, total: 70}, c: {kind: grant, title: C, total: högst 100}}}
        d: {OF, total: 105, parts_are: partial, parts: { # <- parts-exceed-total
            b: {kind: grant, title: B, total: 70}, c: {kind: grant, title: C, total: minst 36}}}
    """,
    "a limit that is open is not reached": """
        a: {OF, total: drygt 31, parts_are: partial, parts: { # <- parts-exceed-total
            b: {kind: grant, title: B, total: 32}}}
        c: {OF, total: nära 32, parts_are: partial, parts: {b: {kind: grant, title: B, total: 32}}}
        d: {OF, total: 31, parts_are: partial, parts: { # <- parts-exceed-total
            b: {kind: grant, title: B, total: nära 32}}}
    """,
    "while a part is not stated, the others must fit": """
        a: {OF, total: 16, parts: {b: {kind: grant, title: B, total: 9}, c: {kind: grant, title: C}}}
        d: {OF, total: 16, parts: { # <- parts-exceed-total
            b: {kind: grant, title: B, total: 17}, c: {kind: grant, title: C}}}
    """,
    "a part that would be less than nothing is one finding, at its line": """
        a: {OF, total: 16, parts_are: complete, parts: { # <- parts-exceed-total
            b: {kind: grant, title: B, total: 17},
            c: {kind: grant, title: C, parts: {d: {kind: grant, title: D, total: 1}, e: {kind: grant, title: E}}}}}
    """,
    "a part that is the rest must hold its own parts": """
        a: {OF, total: 16, parts_are: complete, parts: {
            b: {kind: grant, title: B, total: 9},
            c: {kind: grant, title: C, parts: { # <- parts-exceed-total
              d: {kind: grant, title: D, total: 8}, e: {kind: grant, title: E}}}}}
    """,
    "a line that no source gives a total may get it from base and top-ups": """
        a: {OF, base: 10, top_ups: [{amount: 6}], parts_are: partial, parts: { # <- parts-exceed-total
            b: {kind: grant, title: B, total: 17}}}
    """,
    "without a total there is nothing to fit in": """
        a: {OF, parts_are: partial, parts: {b: {kind: grant, title: B, total: 17}}}
    """,
    "where only bases are stated, a top-up that is not known does not matter": """
        a: {OF, base: 10, parts_are: partial, parts: { # <- parts-exceed-total
            b: {kind: grant, title: B, base: 11, top_ups: [{note: N}]}}}
        c: {OF, base: 10, parts_are: partial, parts: {
            b: {kind: grant, title: B, total: högst 12}}} # <- parts-exceed-total
    """,
    "where only bases are stated, the bases must fit": """
        a: {OF, base: 10, parts_are: partial, parts: {b: {kind: grant, title: B, base: 9, top_ups: [{amount: 5}]}}}
        c: {OF, base: 10, parts_are: partial, parts: { # <- parts-exceed-total
            b: {kind: grant, title: B, base: 11, top_ups: [{amount: -5}]}}}
    """,
    "a limit of a total is not held against a base": """
        a: {OF, base: 10, parts_are: partial, parts: {
            b: {kind: grant, title: B, base: 9, total: högst 12, top_ups: [{note: N}]},
            c: {kind: grant, title: C, total: högst 12, top_ups: [{amount: 4}]}}}
    """,
    "nor one of a base against a total, where there are top-ups": """
        a: {OF, total: 25, parts_are: partial, parts: {
            b: {kind: grant, title: B, base: högst 27, top_ups: [{amount: -5}]}}}
        c: {OF, total: 25, parts_are: partial, parts: {
            d: {kind: grant, title: D, base: högst 27, top_ups: [{amount: -5}], total: 20}}}
    """,
    "the lines that name a line in of must fit in it": """
        a: {OF, total: 9, parts: {b: {kind: grant, title: B, total: 9}}}
        c: {OF, total: 5, of: a/b}
        d: {OF, total: 4, of: a/b}
        e: {OF, total: 9} # <- parts-exceed-total
        f: {OF, total: 5, of: e}
        g: {OF, total: 5, of: e}
    """,
    "the second breakdown is a sum of its own": """
        a: {OF, total: 9, parts: {b: {kind: grant, title: B, total: 9}}}
        c: {OF, total: 9, of: a}
    """,
    "a line of another line of the second breakdown is in that one already": """
        a: {OF, total: 9}
        b: {OF, base: 4, top_ups: [{line: c}], total: 9, of: a}
        c: {OF, total: 5, of: a}
    """,
    "a second breakdown must fit in a total that is derived": """
        a: {OF, parts: {b: {kind: grant, title: B, total: 9}}} # <- parts-exceed-total
        c: {OF, total: 10, of: a}
    """,
    "a single part of at most more than its line does not fit": """
        a: {OF, total: 25, parts_are: partial, parts: {
            b: {kind: grant, title: B, total: högst 26}, # <- parts-exceed-total
            c: {kind: grant, title: C, base: högst 27}, # <- parts-exceed-total
            d: {kind: grant, title: D, total: högst 25}}}
        e: {OF, total: högst 26, of: a} # <- parts-exceed-total
    """,
    "a limit is held against the largest total": """
        a: {OF, total: drygt 25, parts_are: partial, parts: {b: {kind: grant, title: B, total: högst 26}}}
        c: {OF, total: minst 25, parts_are: partial, parts: {b: {kind: grant, title: B, total: högst 99}}}
    """,
    "the parts of a reduction lie between it and zero": """
        a: {OF, total: -9, parts_are: partial, parts: {b: {kind: grant, title: B, total: -5}}}
        c: {OF, total: -9, parts_are: partial, parts: { # <- parts-exceed-total
            b: {kind: grant, title: B, total: -10}}}
        d: {OF, total: -9, parts_are: partial, parts: { # <- parts-exceed-total
            b: {kind: grant, title: B, total: 5}}}
    """,
}

RESTATED = {
    "a restatement leaves the stated total possible": """
        a: {OF, total: 6 265 767 tkr, restated: [{amount: "ca 6,3 mdkr"}, {amount: "drygt 6,2 mdkr"}]}
    """,
    "a restatement that does not is a conflict": """
        a: {OF, total: 6 265 767 tkr, restated: [{amount: "drygt 6,3 mdkr"}]} # <- restatement-conflict
        c: {OF, total: 6 265 767 tkr, restated: [{amount: "6,2 mdkr", cut_to: "0,1 mdkr"}]}
        b: {OF, total: 571 039 tkr, restated: [
            {amount: 571 mnkr}, # <- restatement-conflict
            {amount: 571 mnkr, rounded_to: 1 mnkr}]}
    """,
    "a derived total can be restated": """
        a: {OF, base: 28, top_ups: [{amount: 18}], restated: [{amount: 46}]}
        b: {OF, base: 28, top_ups: [{amount: 18}], restated: [
            {amount: 47}]} # <- restatement-conflict
        c: {OF, parts: {d: {kind: grant, title: D, total: 46}}, restated: [
            {amount: 47}]} # <- restatement-conflict
        e: {OF, base: 28, parts: {d: {kind: grant, title: D, base: 28, top_ups: [{amount: 18}]}}, restated: [
            {amount: 46},
            {amount: 28}]} # <- restatement-conflict restatement-conflict
    """,
    "restatements conflict with each other": """
        a: {OF, restated: [{amount: ca 45},
            {amount: 46}, # <- restatement-conflict
            {amount: "45,2"}]} # <- restatement-conflict
    """,
    "a restatement must agree with the parts too": """
        a: {OF, total: ca 90, parts: {b: {kind: grant, title: B, total: 88}}, restated: [
            {amount: 91}]} # <- restatement-conflict
    """,
    "also with parts that have top-ups": """
        a: {OF, total: ca 90, parts: {b: {kind: grant, title: B, base: 80, top_ups: [{amount: 8}]}}, restated: [
            {amount: 91}]} # <- restatement-conflict
    """,
    "a restatement is said in the unit that is in scope": """
        a: {OF, total: 46, restated: [{amount: 20–28}]} # <- restatement-conflict
    """,
    "parts that do not come to the total are one fault, and one finding": """
        a: {OF, total: 46, parts: {b: {kind: grant, title: B, total: 45}}, restated: [{amount: 46}]} # <- parts-mismatch
    """,
}

CLAIMED = """
allocations:
  a: {OF, goals: [violence], total: 400}
  b: {OF, goals: [violence], total: 200}
  c: {OF, goals: [violence], total: 300, counted: no}
  d: {OF, goals: [violence], total: 300, of: a}
  e: {title: E, kind: appropriation, year: 2024, goals: [violence], total: 700 mnkr}
  f: {title: F, kind: grant, year: 2023, goals: [violence], total: 800 mnkr}
  g: {title: G, kind: grant, year: 2022-2024, goals: [violence], total: 900 mnkr}
  h: {title: H, kind: grant, year: 2024, goals: [power], total: 4 mnkr}
  i: {title: I, kind: grant, year: 2024, goals: [power]}
  j: {title: J, kind: commitment, year: 2024, goals: [economy], total: 5 mnkr}
  k: {title: K, kind: grant, year: 2024, goals: [health]}
  l: {title: L, kind: grant, year: 2024, goals: [honour], top_ups: [{amount: 50 mnkr}]}
goals: {violence: {name: V}, power: {name: P}, economy: {name: E}, health: {name: H}, honour: {name: R}}
claims:
"""
"""Against violence 600 mnkr are recorded for 2024 on the level of assignments and grants."""

CLAIMS = {
    "what is recorded may be less than the claim": """
        x: {title: X, year: 2024, amount: drygt 600 mnkr, about: goal:violence kind:assignment}
        y: {title: Y, year: 2024, amount: 1 mdkr, about: goal:violence kind:assignment}
    """,
    "what is recorded may not be more than the claim": """
        x: {title: X, year: 2024, amount: ca 500 mnkr, about: goal:violence kind:assignment} # <- claim-contradicted
    """,
    "with complete coverage it must agree": """
        x: {title: X, year: 2024, amount: drygt 600 mnkr, about: goal:violence kind:assignment, coverage: complete}
        y: {title: Y, year: 2024, amount: 700 mnkr, about: goal:violence kind:assignment, # <- claim-contradicted
            coverage: complete}
    """,
    "with complete coverage a line that is not stated leaves the rest open": """
        x: {title: X, year: 2024, amount: 5 mnkr, about: goal:power, coverage: complete}
        y: {title: Y, year: 2024, amount: 3 mnkr, about: goal:power, coverage: complete} # <- claim-contradicted
        z: {title: Z, year: 2024, amount: 60 mnkr, about: goal:honour, coverage: complete}
    """,
    "terms must select one level": """
        x: {title: X, year: 2024, amount: 1 mdkr, about: goal:violence} # <- claim-contradicted
        y: {title: Y, year: 2024, amount: 1 mdkr, about: goal:violence level:appropriations}
    """,
    "lines of another year enter only when the terms name it": """
        x: {title: X, year: 2023, amount: 700 mnkr, about: goal:violence} # <- claim-contradicted
        y: {title: Y, year: 2024, amount: 700 mnkr, about: goal:violence year:2023} # <- claim-contradicted
        z: {title: Z, year: 2024, amount: 1600 mnkr, about: goal:violence kind:grant year:2022..2024} # <- claim-contradicted
    """,
    "a claim of which nothing is recorded is valid": """
        x: {title: X, year: 2024, amount: 1 mnkr, about: goal:health}
        y: {title: Y, year: 2021, amount: 1 mnkr, about: goal:violence, coverage: complete}
        z: {title: Z, year: 2024, amount: -1 mnkr, about: goal:health}
    """,
    "a claim that names no lines is compared with nothing": """
        x: {title: X, year: 2024, amount: 1 kr}
    """,
    "terms that cannot be read are findings, each of them": """
        x: {title: X, year: 2024, amount: 1 kr, about: goal:violense knd:grant} # <- claim-contradicted claim-contradicted
    """,
    "a claim can be restated": """
        x: {title: X, year: 2024, amount: drygt 600 mnkr, restated: [{amount: mer än 600 mnkr},
            {amount: 599 mnkr}]} # <- restatement-conflict restatement-conflict
    """,
}


INDENT = " " * 8
"""Of the lines of a case."""


def ledger(cases: str, head: str = "allocations:\n") -> str:
    """A whole ledger from a case, in which OF stands for what every line has."""
    lines = (line.removeprefix(" " * 6) for line in cases.strip("\n").split("\n"))
    return (head + "\n".join(lines).rstrip(" ")).replace("OF", OF)


CASES = {
    f"{name}": ledger(case, CLAIMED if cases is CLAIMS else "allocations:\n")
    for cases in (TOTALS, PARTS, FITTING, RESTATED, CLAIMS)
    for name, case in cases.items()
}


@pytest.mark.parametrize("fact", CASES)
def test_a_ledger_has_the_findings_that_are_marked(fact: str) -> None:
    """Each ledger above has exactly these, and can be read without faults."""
    assert checked(CASES[fact], select=ARITHMETIC).found == marked(CASES[fact])


LETTER = """
sources:
  rb-21844: {title: Regleringsbrev, kind: appropriation-letter, published: 2021-06-03}
  rb-21541: {title: Regleringsbrev, kind: appropriation-letter}
allocations:
  uo13-3-1-2021:
    title: Särskilda jämställdhetsåtgärder
    kind: appropriation
    year: 2021
    unit: tkr
    source: rb-21844
    total: {amount: 439 039, source: calculated}
    parts:
      ap12: {kind: item, title: Till Kammarkollegiet, total: 184 439}
      ap8: {kind: item, title: Till Socialstyrelsen, total: 186 600, source: [rb-21541, rb-21844]}
      ap1: {kind: item, title: Till Länsstyrelsen i Östergötlands län, total: ca 61 000}
      ap6: {kind: item, title: Till Jämställdhetsmyndigheten, total: 0}
"""


def test_a_finding_shows_both_sides_the_gap_and_who_says_each_figure() -> None:
    """The total comes first; an approximate figure is shown with what it leaves possible."""
    found = checked(LETTER, select=ARITHMETIC).only("parts-mismatch")
    message = "parts sum to 431 539–432 539 tkr, total says 439 039 tkr (at least 6 500 tkr short)"
    assert found.message == message
    assert [one.message for one in found.related] == [
        "uo13-3-1-2021: 439 039 tkr, calculated",
        "uo13-3-1-2021/ap12: 184 439 tkr, stated by rb-21844 (2021-06-03)",
        "uo13-3-1-2021/ap8: 186 600 tkr, stated by rb-21541, rb-21844 (2021-06-03)",
        "uo13-3-1-2021/ap1: ca 61 000 tkr (60 500–61 500 tkr), stated by rb-21844 (2021-06-03)",
        "uo13-3-1-2021/ap6: 0 tkr, stated by rb-21844 (2021-06-03)",
    ]
    assert [one.text.strip() for one in found.related][:2] == [
        "total: {amount: 439 039, source: calculated}",
        "ap12: {kind: item, title: Till Kammarkollegiet, total: 184 439}",
    ]


def test_a_finding_names_the_likely_causes_at_their_places_and_what_to_do() -> None:
    found = checked(LETTER.replace("ca 61 000", "61 000"), select=ARITHMETIC).only("parts-mismatch")
    assert found.message == "parts sum to 432 039 tkr, total says 439 039 tkr (7 000 tkr short)"
    assert [(one.kind, one.message, one.text.split()[0]) for one in found.hints] == [
        ("zero", "7 000 here closes the gap", "ap6:"),
        ("missing-part", "a part of 7 000 tkr that is not entered would close the gap", "parts:"),
    ]
    assert found.help == (
        "check each figure against its source (begin with the hints), "
        "or write 'parts_are: partial' if parts are left out"
    )


def test_when_no_slip_fits_the_help_says_so() -> None:
    found = only("a: {OF, base: 41 357 kr, top_ups: [{amount: 8 222 kr}], total: 12 007 kr}", "total-mismatch")
    assert found.help == "check each figure against its source (no single slip explains the gap)"


def only(line: str, check: str) -> Diagnostic:
    """The one finding of a check on a small ledger."""
    return checked(ledger(INDENT + line), select=ARITHMETIC).only(check)


@pytest.mark.parametrize(
    ("line", "check", "message"),
    [
        (
            "a: {OF, base: 28, top_ups: [{amount: 18}], total: 47}",
            "total-mismatch",
            "base + top-ups come to 46 mnkr, total says 47 mnkr (1 mnkr short)",
        ),
        (
            'a: {OF, base: 28, top_ups: [{amount: 18 000 tkr}], total: "46,5"}',
            "total-mismatch",
            "base + top-ups come to 46 mnkr, total says 46,5 mnkr (0,5 mnkr short)",
        ),
        (
            "a: {OF, base: 28, total: 46}",
            "total-mismatch",
            "base says 28 mnkr and there is no top-up, total says 46 mnkr (18 mnkr short)",
        ),
        (
            'a: {OF, top_ups: [{amount: "23,5"}], total: "1,5"}',
            "total-mismatch",
            "the base would be -22 mnkr, below zero: top-up 23,5 mnkr, total 1,5 mnkr",
        ),
        (
            "a: {OF, base: 46, top_ups: [{note: more}], total: 28}",
            "total-mismatch",
            "the top-up that is not stated would be -18 mnkr, below zero: base 46 mnkr, total 28 mnkr",
        ),
        (
            "a: {OF, base: 28, top_ups: [{amount: -30}]}",
            "total-mismatch",
            "the total would be -2 mnkr, below zero: base 28 mnkr, top-up -30 mnkr",
        ),
        (
            "a: {OF, total: nära 32, parts: {b: {kind: grant, title: B, total: 31}}}",
            "parts-mismatch",
            "parts sum to 31 mnkr, total says nära 32 mnkr (they only touch)",
        ),
        (
            "a: {OF, total: -5, parts: {b: {kind: grant, title: B, total: 0}}}",
            "parts-mismatch",
            "parts sum to 0 mnkr, total says -5 mnkr (5 mnkr too much)",
        ),
        (
            "a: {OF, base: 10, top_ups: [{amount: 6}], parts: {b: {kind: grant, title: B, total: 9}}}",
            "parts-mismatch",
            "parts sum to 9 mnkr, base + top-ups come to 16 mnkr (7 mnkr short)",
        ),
        (
            "a: {OF, base: 21, parts: {b: {kind: grant, title: B, base: 9, top_ups: [{amount: 5}]}}}",
            "parts-mismatch",
            "bases of the parts sum to 9 mnkr, base says 21 mnkr (12 mnkr short)",
        ),
        (
            "a: {OF, total: 105, parts_are: partial, parts: {b: {kind: grant, title: B, total: drygt 110}}}",
            "parts-exceed-total",
            "the parts that are known sum to 110–120 mnkr, total says 105 mnkr (at least 5 mnkr too much)",
        ),
        (
            "a: {OF, total: 25, parts_are: partial, parts: {b: {kind: grant, title: B, total: högst 30}}}",
            "parts-exceed-total",
            "högst 30 mnkr does not fit in the line: total says 25 mnkr (5 mnkr too much)",
        ),
        (
            "a: {OF, total: 571 039 tkr, restated: [{amount: 571 mnkr}]}",
            "restatement-conflict",
            "restated as 571 mnkr, total says 571 039 tkr (39 tkr apart)",
        ),
    ],
)
def test_a_message_has_both_values_as_they_are_written_and_the_gap(line: str, check: str, message: str) -> None:
    assert only(line, check).message == message


def test_a_late_top_up_is_seen_by_the_dates_of_the_sources() -> None:
    """The total was stated on 2024-03-27, the top-up published in June: the month stands for its last day."""
    text = """
sources:
  rb: {title: Regleringsbrev, kind: appropriation-letter, published: 2024-03-27}
  pr: {title: Tillskott, kind: press-release, published: 2024-06}
allocations:
  a: {OF, source: rb, base: 28, top_ups: [{amount: 18, source: pr}], total: 28}
""".replace("OF", OF)
    hint, *_ = checked(text, select=ARITHMETIC).only("total-mismatch").hints
    message = "equals the gap, and is of 2024-06-30, after the total was stated (2024-03-27)"
    assert (hint.kind, hint.message) == ("late-top-up", message)


def test_a_late_top_up_of_a_part_explains_the_total_of_the_line() -> None:
    text = """
sources:
  rb: {title: Regleringsbrev, kind: appropriation-letter, published: 2024-03-27}
allocations:
  a: {OF, source: rb, total: 28, parts: {
    b: {kind: grant, title: B, base: 28, top_ups: [{amount: 18, decided: 2024-05-02}], total: 46}}}
""".replace("OF", OF)
    hint, *_ = checked(text, select=ARITHMETIC).only("parts-mismatch").hints
    assert (hint.kind, hint.place and hint.place.owner) == ("late-top-up", "a/b")


def test_it_is_named_once_whichever_part_it_tops_up() -> None:
    """Whether the part states its total or not."""
    text = """
sources:
  rb: {title: Regleringsbrev, kind: appropriation-letter, published: 2024-03-27}
allocations:
  a: {OF, source: rb, total: 32, parts: {
    b: {kind: grant, title: B, base: 28, top_ups: [{amount: 18, decided: 2024-05-02}]FIGURE},
    c: {kind: grant, title: C, total: 4}}}
""".replace("OF", OF)
    for figure in ("", ", total: 46"):
        found = checked(text.replace("FIGURE", figure), select=ARITHMETIC).only("parts-mismatch")
        late = [one.place for one in found.hints if one.kind == "late-top-up"]
        assert [place and place.owner for place in late] == ["a/b"]


@pytest.mark.parametrize(
    ("total", "late"),
    [
        ("28", True),
        ("{amount: 28, source: spring}", False),
        ("{amount: 28, source: [spring, january]}", False),
        ("{amount: 28, decided: 2024-04}", False),
        ("{amount: 28, source: spring, decided: 2024-02}", True),
    ],
)
def test_a_total_is_stated_when_it_was_decided_or_on_the_last_day_of_its_own_sources(total: str, *, late: bool) -> None:
    text = f"""
sources:
  january: {{title: J, kind: article, published: 2024-01-10}}
  spring: {{title: S, kind: article, published: 2024-04-10}}
allocations:
  a: {{{OF}, source: january, base: 28, top_ups: [{{amount: 18, decided: 2024-03-01}}], total: {total}}}
"""
    found = checked(text, select=ARITHMETIC).only("total-mismatch")
    assert ("late-top-up" in {one.kind for one in found.hints}) is late


def test_of_several_totals_the_last_one_with_a_date_says_what_came_later() -> None:
    """What the line comes to is worked out from the totals of its parts, of which one has no date."""
    text = f"""
sources:
  r: {{title: R, kind: article, published: 2024-01-10}}
allocations:
  a: {{{OF}, parts: {{e: {{kind: grant, title: E, base: 8, parts_are: partial, parts: {{
    b: {{kind: grant, title: B, base: 4, total: {{amount: 6, source: r}}, top_ups: [{{note: N}}]}},
    c: {{kind: grant, title: C, base: 4, total: 6, top_ups: [{{note: N}}]}}}}}}}}}}
  d: {{{OF}, of: a, base: 12, top_ups: [{{amount: 3, decided: 2024-05}}]}}
"""
    found = checked(text, select=ARITHMETIC).only("parts-exceed-total")
    assert [(one.kind, one.message) for one in found.hints if one.kind == "late-top-up"] == [
        ("late-top-up", "equals the gap, and is of 2024-05-31, after the total was stated (2024-01-10)")
    ]


def test_lines_with_faults_of_reading_leave_the_arithmetic_of_the_others_standing() -> None:
    """Sums over many lines wait until all can be read."""
    text = ledger(f"{INDENT}a: {{OF, base: 28, total: 46}}\n{INDENT}b: {{OF, base: ca}}")
    outcome = checked(text, select=ARITHMETIC).outcome
    assert {one.check for one in outcome.diagnostics} == {"total-mismatch", "bad-amount"}
    assert outcome.not_run == ("claim-contradicted",)


def breakdown(parts: list[int], total: int, more: str = "") -> str:
    """A line in whole mnkr with its parts."""
    rows = "".join(f"\n    p{at}: {{kind: grant, title: P, total: {one}}}" for at, one in enumerate(parts))
    return f"allocations:\n a:\n  {OF.replace(', ', f'{chr(10)}  ')}\n  total: {total}\n{more}  parts:{rows}\n"


def to_millions(kronor: int) -> int:
    """To the nearest million, a half away from zero."""
    return (abs(kronor) + 500_000) // 1_000_000 * (1 if kronor >= 0 else -1)


@given(st.lists(st.integers(-(10**10), 10**10), min_size=1, max_size=12))
def test_a_truthfully_rounded_table_never_errs(kronor: list[int]) -> None:
    """Whatever the true figures are: parts and sum are printed in whole millions, and the line says so."""
    text = breakdown([to_millions(one) for one in kronor], to_millions(sum(kronor)), "  rounded_to: 1 mnkr\n")
    assert checked(text, select=ARITHMETIC).found == []


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=9), st.integers(-(10**6), 10**6), st.data())
def test_adding_to_one_part_moves_the_gap_by_that_much(parts: list[int], more: int, data: st.DataObject) -> None:
    """From a table that adds up: the gap is what was added, and its direction is told."""
    at = data.draw(st.sampled_from(range(len(parts))))
    changed = [one + more * (place == at) for place, one in enumerate(parts)]
    found = checked(breakdown(changed, sum(parts)), select=ARITHMETIC)
    if not more:
        assert found.found == []
    else:
        gap = f"({swedish(abs(more) * 10**8, 'mnkr')} mnkr {'too much' if more > 0 else 'short'})"
        assert found.only("parts-mismatch").message.endswith(gap)


@given(st.lists(st.integers(0, 10**6), min_size=2, max_size=9), st.randoms(use_true_random=False))
def test_the_order_of_the_parts_changes_no_message(parts: list[int], random: Random) -> None:
    shuffled = random.sample(parts, len(parts))
    messages = [
        [one.message for one in checked(breakdown(order, 1), select=ARITHMETIC).outcome.diagnostics]
        for order in (parts, shuffled)
    ]
    assert messages[0] == messages[1]


MADE_OF = {
    "a part that states no more than its base": (
        """
  a: {OF, total: 10, parts: {b: {kind: grant, title: B, base: 7}, c: {kind: grant, title: C, total: 4}}}
""",
        ["a: 10 mnkr", "a/b: 7 mnkr", "a/c: 4 mnkr"],
    ),
    "a total of a base and the top-ups of its parts": (
        """
  a: {OF, total: 20, parts: {
    b: {kind: grant, title: B, base: 8, parts_are: partial, parts: {
      c: {kind: grant, title: C, base: 4, top_ups: [{amount: 2}]}}}}}
""",
        ["a: 20 mnkr", "base of a/b: 8 mnkr", "top-up of a/b/c: 2 mnkr"],
    ),
    "a top-up that is what a total leaves of a base": (
        """
  a: {OF, total: 20, parts: {
    b: {kind: grant, title: B, base: 8, parts_are: partial, parts: {
      c: {kind: grant, title: C, base: 4, total: 6, top_ups: [{note: N}]}}}}}
""",
        ["base of a/b/c: 4 mnkr", "a: 20 mnkr", "base of a/b: 8 mnkr", "a/b/c: 6 mnkr"],
    ),
    "a base that is what top-ups leave of a total": (
        """
  a: {OF, base: 21, parts: {
    b: {kind: grant, title: B, total: 14, top_ups: [{amount: 5}]},
    c: {kind: grant, title: C, total: 7}}}
""",
        ["top-up of a/b: 5 mnkr", "base of a: 21 mnkr", "a/b: 14 mnkr", "a/c: 7 mnkr"],
    ),
    "lines that count with less than their total": (
        """
  a: {OF, base: 8, top_ups: [{amount: 3}, {note: N}]}
  b: {OF, top_ups: [{amount: 4}]}
claims:
  c: {title: C, year: 2024, amount: 5 mnkr, about: kind:assignment}
""",
        ["c: 5 mnkr", "base of a: 8 mnkr", "top-up of a: 3 mnkr", "top-up of b: 4 mnkr"],
    ),
    "a part that is what stated parts leave of a stated total": (
        """
  a: {OF, total: 10, parts_are: complete, parts: {b: {kind: grant, title: B, total: 3}, c: {kind: grant, title: C}}}
claims:
  d: {title: D, year: 2024, amount: 5 mnkr, about: "id:a/c"}
""",
        ["a/b: 3 mnkr", "d: 5 mnkr", "a: 10 mnkr"],
    ),
    "a part that is the rest of what is not all stated is made of nothing that can be named": (
        """
  a: {OF, base: 6, top_ups: [{amount: 4}], parts_are: complete, parts: {
    b: {kind: grant, title: B, total: 3}, c: {kind: grant, title: C}}}
claims:
  d: {title: D, year: 2024, amount: 5 mnkr, about: "id:a/c"}
""",
        ["d: 5 mnkr"],
    ),
}


@pytest.mark.parametrize(("text", "figures"), MADE_OF.values(), ids=MADE_OF)
def test_a_finding_names_every_figure_that_its_sums_are_made_of(text: str, figures: list[str]) -> None:
    """Those that are taken away, and those of the total, come first."""
    found = checked("allocations:" + text.replace("OF", OF), ignore=["missing-source"])
    [one] = found.outcome.diagnostics
    assert [more.message for more in one.related] == [f"{figure}, without a source" for figure in figures]


def test_every_finding_of_arithmetic_is_worded_as_it_was_read() -> None:
    assert_worded("arithmetic.md", {fact: [text] for fact, text in CASES.items()}, ARITHMETIC)


def test_a_finding_in_a_ledger_in_euros_says_euros() -> None:
    text = f"ledger: {{title: T, currency: EUR}}\nallocations:\n  a: {{{OF}, total: 16, parts: {{b: {{kind: grant, title: B, total: 9}}}}}}"
    text = text.replace("unit: mnkr", "unit: million EUR")
    found = checked(text, select=ARITHMETIC).only("parts-mismatch")
    assert found.message == "parts sum to 9 million EUR, total says 16 million EUR (7 million EUR short)"
    assert [one.message for one in found.hints] == ["a part of 7 million EUR that is not entered would close the gap"]
    whole = text.replace("total: 16", "total: 16 000 000 EUR").replace("total: 9", "total: 9 000 000 EUR")
    found = checked(whole, select=ARITHMETIC).only("parts-mismatch")
    assert found.message == "parts sum to 9 000 000 EUR, total says 16 000 000 EUR (7 000 000 EUR short)"


@pytest.mark.parametrize(
    ("currency", "figure", "line"),
    [
        ("SEK", "ca 9 000 tkr", "top-up of b: ca 9 000 tkr (8 500–9 500 tkr)"),
        ("EUR", "ca 9 000 000 EUR", "top-up of b: ca 9 000 000 EUR (8 500 000–9 500 000 EUR)"),
    ],
)
def test_the_limits_of_a_figure_are_in_its_own_unit(currency: str, figure: str, line: str) -> None:
    unit = "million EUR" if currency == "EUR" else "mnkr"
    text = f"""
ledger: {{title: T, currency: {currency}}}
allocations:
  a: {{title: A, kind: assignment, year: 2024, base: 5 {unit}, top_ups: [{{line: b}}], total: 16 {unit}}}
  b: {{title: B, kind: assignment, year: 2024, total: {figure}}}
"""
    found = checked(text, select=ARITHMETIC).only("total-mismatch")
    assert f"{line}, without a source" in [one.message for one in found.related]


def test_a_bare_figure_has_its_limits_in_the_unit_in_scope() -> None:
    text = """
allocations:
  a: {title: A, kind: assignment, year: 2024, unit: tkr, base: 28 mnkr, total: ca 46 000}
"""
    found = checked(text, select=ARITHMETIC).only("total-mismatch")
    assert "a: ca 46 000 tkr (45 500–46 500 tkr), without a source" in [one.message for one in found.related]


def test_a_unit_is_said_once_also_where_spaces_follow_it() -> None:
    found = only('a: {OF, base: 28, total: "46 mnkr "}', "total-mismatch")
    message = "base says 28 mnkr and there is no top-up, total says 46 mnkr (18 mnkr short)"
    assert " ".join(found.message.split()) == message


def test_a_figure_without_sources_of_its_own_has_those_of_its_line() -> None:
    """Also where its own list is empty."""
    text = f"allocations:\n  a: {{{OF}, source: s, base: {{amount: 28, source: []}}, total: 46}}"
    found = checked(text, select=ARITHMETIC).only("total-mismatch")
    assert [one.message for one in found.related] == ["a: 46 mnkr, stated by s", "base of a: 28 mnkr, stated by s"]


def test_no_top_up_is_called_later_than_a_claim() -> None:
    """When a claim was made is not looked at; the dates of figures that are taken away say nothing of it."""
    text = f"""
sources:
  r: {{title: R, kind: article, published: 2024-01-10}}
goals: {{violence: {{name: V}}}}
allocations:
  a: {{{OF}, source: r, total: 10, parts_are: complete, parts: {{
    b: {{kind: grant, title: B, total: 3}}, c: {{kind: grant, title: C, goals: [violence]}}}}}}
  d: {{{OF}, source: r, goals: [violence], base: 5, top_ups: [{{amount: 2, decided: 2024-06-01}}]}}
claims:
  e: {{title: E, year: 2024, amount: 12 mnkr, about: goal:violence, source: r}}
"""
    found = checked(text, select=ARITHMETIC).only("claim-contradicted")
    assert "late-top-up" not in {one.kind for one in found.hints}


@pytest.mark.parametrize(("source", "late"), [("s", True), ("calculated", False)])
def test_only_a_top_up_with_a_date_is_called_later_than_its_total(source: str, *, late: bool) -> None:
    text = f"""
sources:
  r: {{title: R, kind: article, published: 2024-01-10}}
  s: {{title: S, kind: article, published: 2024-03-01}}
allocations:
  a: {{{OF}, source: r, base: 28, top_ups: [{{amount: 18, source: {source}}}], total: 28}}
"""
    found = checked(text, select=ARITHMETIC).only("total-mismatch")
    assert ("late-top-up" in {one.kind for one in found.hints}) is late
