"""Why a week is as it is, and what another one would cost."""
