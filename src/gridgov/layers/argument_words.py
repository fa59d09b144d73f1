"""What is said of layers named on the command line, in both languages."""

from gridgov.language import Messages

__all__ = ["WORDS"]

WORDS = Messages(
    {
        "hash_sides": (
            "'{text}': a file and a layer are needed on both sides of '#'",
            "“{text}”：“#”两边应分别写文件和图层",
        ),
        "name_file": (
            "'{text}' is not NAME=FILE[#LAYER], for example police=jw.shp",
            "“{text}”不是“名称=文件[#图层]”的形式，例如 police=jw.shp",
        ),
        "no_such_layer": (
            "{option}: no layer is called '{name}'; the layers are {known}",
            "{option}：没有名为“{name}”的图层；现有图层：{known}",
        ),
        "option_form": (
            "{option} {text!r}: write {option} NAME=VALUE or {option} VALUE",
            "{option} {text!r}：请写成 {option} NAME=VALUE 或 {option} VALUE",
        ),
        "given_twice": ("{option} is given twice for '{name}'", "{option} 为“{name}”给了两次"),
        "given_without_name": (
            "{option} is given {times} times without a name ({bare}): write {option} NAME=VALUE",
            "{option} 有 {times} 次没有写名称（{bare}）：请写成 {option} NAME=VALUE",
        ),
        "choice_form": (
            "{option} {text!r}: write {option} NAME:COLUMN=VALUE, for example {option} {example}",
            "{option} {text!r}：请写成 {option} NAME:COLUMN=VALUE，例如 {option} {example}",
        ),
        "special_names": ("--special names {there}", "--special 写的是 {there}"),
        "no_special": ("there is no --special", "没有写 --special"),
        "not_special": (
            "{option} {text!r}: {said}; write a value that --special names, or say whose column it is: {option} {first}:COLUMN={value}",
            "{option} {text!r}：{said}；请写 --special 中有的值，或说明是哪个图层的哪一列：{option} {first}:COLUMN={value}",
        ),
    }
)
