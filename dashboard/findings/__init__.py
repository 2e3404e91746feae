"""What changed, and is it real? Findings by rule, ranked, each with what it rests on.

``examine`` looks at everything in a selection and says what is more than chance; ``words`` puts it
into sentences. The numbers of the rules stand in ``rules``, their reasons in the modules.
"""

from dashboard.findings.examination import examine
from dashboard.findings.figures import monthly
from dashboard.findings.model import Difference, Finding, Kind, Report, Verdict, Where

__all__ = ["Difference", "Finding", "Kind", "Report", "Verdict", "Where", "examine", "monthly"]
