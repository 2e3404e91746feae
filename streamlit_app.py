"""The entry of the application: ``streamlit run streamlit_app.py``."""

from dashboard import ui

ui.configure()
ui.run()
