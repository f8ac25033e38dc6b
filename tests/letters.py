"""Appropriation letters as tests build them, flattened to text: names and figures are glued together."""

LETTER_2021 = """\
Arbetsmarknadsdepartementet
Regeringsbeslut
II:1
2021-06-03
A2021/01302
Regleringsbrev för budgetåret 2021 avseende anslag 3:1 Särskilda jämställdhetsåtgärder
Riksdagen har beslutat om anslaget (prop. 2020/21:1 utg.omr. 13, bet. 2020/21:AU1, rskr. 2020/21:137).
4 Anslag
4.1 Tilldelade anslag/anslagsposter (belopp angivna i tkr)
Utgiftsområde 13 Jämställdhet och nyanlända invandrares etablering
3:1
Särskilda jämställdhetsåtgärder (Ramanslag)
Disponeras av Kammarkollegiet184 439
ap.12Jämställdhetsinsatser efter regeringsbeslut (ram)184 439
Disponeras av Länsstyrelsen i Örebro län8 000
ap.4Särskilda jämställdhetsåtgärder - del till Länsstyrelsen i Örebro län (ram)8 000
Disponeras av Myndigheten för ungdoms- och civilsamhällesfrågor9 000
ap.11Särskilda jämställdhetsåtgärder - del till MUCF (ram)9 000
Disponeras av Socialstyrelsen186 600
ap.8 Särskilda jämställdhetsåtgärder - del till SOS (ram)186 600
Disponeras av Länsstyrelsen i Östergötlands län44 000
ap.1Särskilda jämställdhetsåtgärder - del till Länsstyrelsen i Östergötlands län (ram)44 000
Disponeras av Jämställdhetsmyndigheten7 000
ap.6Jämställdhetsprojekt - del till Jämställdhetsmyndigheten (ram)7 000
Villkor för anslag 3:1
ap.12 Jämställdhetsinsatser efter regeringsbeslut
Statistiska centralbyrån får använda högst 4 500 000 kronor för en studie.
4.2 Finansiella villkor
ap.12 5 5333 %0
"""
"""The letter for UO13 3:1 as amended on 2021-06-03 (RBID 21844): its agencies, items and figures in tkr."""

ITEMS_2021 = {"ap.12": 184_439, "ap.4": 8_000, "ap.11": 9_000, "ap.8": 186_600, "ap.1": 44_000, "ap.6": 7_000}


def letter(*rows: str, heading: str = "4.1 Tilldelade anslag/anslagsposter (belopp angivna i tkr)") -> str:
    """A letter of 2021 for UO13 3:1 with these rows in its table."""
    head = ("2021-01-28", "A2021/00001", "Regleringsbrev för budgetåret 2021 avseende anslag 3:1 Exempel")
    return "\n".join((*head, heading, "Utgiftsområde 13 Jämställdhet", "3:1 Exempel (Ramanslag)", *rows)) + "\n"
