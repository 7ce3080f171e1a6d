"""Solves problems of the composer by OR-Tools CP-SAT, level after level, and prints what it reached as JSON lines.

Standard input has a problem on each line. The model is made from the JSON alone; docs/composer.md says what each
condition and level means. A level gets so many seconds (first argument); when one is not proven in them, what was found
counts and the levels after it are not asked.
"""

import json
import sys
from itertools import combinations

from ortools.sat.python import cp_model

MORE = {"placed", "waiting", "preference"}


def used(person, name):
    """The value of a trait, unless the person opted out of its use."""
    return None if name in person.get("opt_out", []) else person.get("traits", {}).get(name)


def build(problem):
    model = cp_model.CpModel()
    people, groups = problem["people"], problem["groups"]
    sits, open_, size = {}, {}, {}
    for g in groups:
        open_[g["id"]] = model.new_bool_var(f"open {g['id']}")
    for p in people:
        for g in groups:
            banned = any(who == p["id"] and leader in g.get("leaders", []) for leader, who in problem.get("leader_bans", []))
            if g["slot"] in p["slots"] and g["id"] in p["groups"] and not banned:
                sits[p["id"], g["id"]] = model.new_bool_var(f"{p['id']} in {g['id']}")
        model.add_at_most_one(sits[p["id"], g["id"]] for g in groups if (p["id"], g["id"]) in sits)
        if p.get("seated"):
            model.add_bool_and([sits[p["id"], p["seated"]]] if (p["id"], p["seated"]) in sits else [model.new_constant(0)])
    for g in groups:
        here = [sits[p["id"], g["id"]] for p in people if (p["id"], g["id"]) in sits]
        size[g["id"]] = sum(here)
        model.add(size[g["id"]] <= g["max"] * open_[g["id"]])
        model.add(size[g["id"]] >= max(g["min"], 1) * open_[g["id"]])
    for one, other in combinations(groups, 2):
        leaders = set(one.get("leaders", [])) & set(other.get("leaders", []))
        room = one.get("room") is not None and one.get("room") == other.get("room")
        if one["slot"] == other["slot"] and (leaders or room):
            model.add_at_most_one([open_[one["id"]], open_[other["id"]]])
    zero = model.new_constant(0)
    for g in groups:
        at = lambda person: sits.get((person, g["id"]), zero)
        for one, other in problem.get("apart", []):
            model.add_at_most_one([at(one), at(other)])
        for one, other in problem.get("together", []):
            model.add(at(one) == at(other))
        for name in problem.get("never_alone", []):
            values = {}
            for p in people:
                if used(p, name) is not None:
                    values.setdefault(used(p, name), []).append(at(p["id"]))
            for having in values.values():
                for index, one in enumerate(having):
                    model.add(sum(having[:index] + having[index + 1 :]) >= one)
    return model, sits, open_


def levels(problem, model, sits, open_):
    """An expression for each level."""
    people, groups = problem["people"], problem["groups"]
    wait = {p["id"]: p.get("waiting_days", 0) for p in people}
    liked = {p["id"]: set(p.get("prefers", [])) for p in people}
    slot = {g["id"]: g["slot"] for g in groups}
    made = {
        "placed": sum(sits.values()),
        "waiting": sum(wait[p] * var for (p, _), var in sits.items()),
        "preference": sum(var for (p, g), var in sits.items() if {g, slot[g]} & liked[p]),
    }
    both = {}

    def pair(one, other):
        """Whether two share a group, as the sum over groups."""
        key = (one["id"], other["id"])
        if key not in both:
            together = []
            for g in groups:
                a, b = sits.get((one["id"], g["id"])), sits.get((other["id"], g["id"]))
                if a is not None and b is not None:
                    var = model.new_bool_var("")
                    model.add_implication(var, a)
                    model.add_implication(var, b)
                    model.add_bool_or([a.negated(), b.negated(), var])
                    together.append(var)
            both[key] = sum(together)
        return both[key]

    severity, spread = [], []
    for one, other in combinations(people, 2):
        if "severity" in problem["order"] and one.get("severity") is not None and other.get("severity") is not None:
            cost = (one["severity"] - other["severity"]) ** 2
            if cost:
                severity.append(cost * pair(one, other))
        if "spread" in problem["order"]:
            cost = 0
            for name in problem.get("spread", []):
                cost += used(one, name) is not None and used(one, name) == used(other, name)
            for name in problem.get("alike", []):
                a, b = used(one, name), used(other, name)
                cost += a is not None and b is not None and a != b
            if cost:
                spread.append(cost * pair(one, other))
    made["severity"], made["spread"] = sum(severity), sum(spread)
    changed = []
    for g in groups:
        new = [sits[p["id"], g["id"]] for p in people if not p.get("seated") and (p["id"], g["id"]) in sits]
        if new:
            var = model.new_bool_var("")
            model.add_max_equality(var, new)
            changed.append(var)
    made["change"] = sum(changed)
    return made


def solve(problem, seconds):
    model, sits, open_ = build(problem)
    made = levels(problem, model, sits, open_)
    reached = []
    for name in problem["order"]:
        expression = made[name]
        if isinstance(expression, int):
            reached.append({"name": name, "value": expression, "proven": True})
            continue
        solver = cp_model.CpSolver()
        solver.parameters.max_time_in_seconds = seconds
        solver.parameters.num_workers = 1
        (model.maximize if name in MORE else model.minimize)(expression)
        status = solver.solve(model)
        if status == cp_model.INFEASIBLE:
            return {"status": "infeasible", "levels": []}
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return {"status": "unknown", "levels": reached}
        value, proven = round(solver.objective_value), status == cp_model.OPTIMAL
        reached.append({"name": name, "value": value, "proven": proven})
        if not proven:
            return {"status": "feasible", "levels": reached}
        model.clear_objective()
        model.add(expression == value)
        model.clear_hints()
        for var in [*sits.values(), *open_.values()]:
            model.add_hint(var, solver.value(var))
    return {"status": "optimal", "levels": reached}


def main():
    seconds = float(sys.argv[1])
    for line in sys.stdin:
        print(json.dumps(solve(json.loads(line), seconds)), flush=True)


main()
