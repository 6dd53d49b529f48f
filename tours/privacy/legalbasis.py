"""The provisions that stored data answer to, each with what it asks for here."""

from __future__ import annotations

from geodata.language import translator

_ = translator("tours")

SECRECY = "SGB I § 35"
COLLECTING, STORING = "SGB VIII § 62", "SGB VIII § 63"
PLANNING, ENTRUSTED = "SGB VIII § 64", "SGB VIII § 65"
ERASURE = "SGB X § 84"
LAWFUL, SECURITY, EMPLOYEES = "DSGVO Art. 6", "DSGVO Art. 32", "DSGVO Art. 88"


def legal_basis() -> tuple[tuple[str, str], ...]:
    """Return the provisions, each with what it is about."""
    return (
        (SECRECY, _("Social secrecy: social data are kept from others")),
        (
            "SGB VIII § 61",
            _(
                "Social data of youth welfare are protected by SGB I, SGB X and these; services "
                "of independent bodies have to protect them likewise"
            ),
        ),
        (COLLECTING, _("Only what the task needs is collected: numbers, no names")),
        (STORING, _("Only what the task needs is stored: hence the limits")),
        (
            PLANNING,
            _(
                "Data are used for what they were collected for; planning works with anonymous "
                "data: hence sums, and small ones hidden"
            ),
        ),
        (
            ENTRUSTED,
            _("What was entrusted in person has its own protection: it belongs in no file here"),
        ),
        ("SGB X §§ 67 – 67c", _("What social data are, and that they keep to their purpose")),
        (ERASURE, _("Social data are erased, with DSGVO Art. 17: hence “tours privacy purge”")),
        ("DSGVO Art. 5", _("Data minimisation and storage limitation")),
        (LAWFUL, _("Lawful is what a task by law needs (paragraph 1 c and e)")),
        ("DSGVO Art. 25", _("Data protection by design and by default")),
        (SECURITY, _("Security: the rights of the folder, and its backups elsewhere")),
        (
            EMPLOYEES,
            _("Data of employees: by the law of the Land for public bodies, else by BDSG"),
        ),
    )
