from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Every form and every field is drawn by one template each (templates/forms/)."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
